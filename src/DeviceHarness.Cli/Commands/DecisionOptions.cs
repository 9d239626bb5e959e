using System.CommandLine;

namespace DeviceHarness.Cli.Commands;

/// <summary>Who decides, where and why: the same for every decision.</summary>
internal sealed class DecisionOptions
{
    private readonly Option<string> _who = new("--by")
    {
        Description = "Who decides; default: the login name",
        HelpName = "name",
        DefaultValueFactory = _ => Environment.UserName,
    };

    private readonly Option<string> _forum = new("--forum")
    {
        Description = "Where it was decided, such as TAB or TAG",
        HelpName = "forum",
        DefaultValueFactory = _ => string.Empty,
    };

    private readonly Option<string> _reason = new("--reason") { Description = "Why", HelpName = "text", Required = true };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_reason);
        command.Options.Add(_who);
        command.Options.Add(_forum);
    }

    /// <summary>Who decides.</summary>
    public string Who(ParseResult parsed) => parsed.GetRequiredValue(_who);

    /// <summary>Where it was decided; empty when nowhere in particular.</summary>
    public string Forum(ParseResult parsed) => parsed.GetRequiredValue(_forum);

    /// <summary>Why.</summary>
    public string Reason(ParseResult parsed) => parsed.GetRequiredValue(_reason);

    /// <summary>Who decides, with the forum, such as <c>A. Tester (TAG)</c>.</summary>
    public string Decider(ParseResult parsed) => Forum(parsed) is { Length: > 0 } forum ? $"{Who(parsed)} ({forum})" : Who(parsed);
}
