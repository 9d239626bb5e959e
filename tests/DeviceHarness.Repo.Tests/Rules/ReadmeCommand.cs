using System.Text.RegularExpressions;

namespace DeviceHarness.Repo.Tests.Rules;

/// <summary>A command line of the harness that a README shows.</summary>
internal sealed partial record ReadmeCommand(string Place, string Line)
{
    /// <summary>What follows the program's name, up to a redirection or a comment.</summary>
    public IReadOnlyList<string> Words { get; } =
        [.. Tail().Replace(Line, string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    /// <summary>The words that can name commands: those before the first that cannot.</summary>
    public IReadOnlyList<string> Names => [.. Words.TakeWhile(word => CommandName().IsMatch(word))];

    /// <summary>The options, without their values.</summary>
    public IEnumerable<string> Options => Words.Where(word => word.StartsWith('-') && word != "-").Select(word => word.Split('=')[0]);

    /// <summary>The command lines of a text: lines of their own, with or without a prompt, and whole code spans.</summary>
    public static IEnumerable<ReadmeCommand> In(SourceFile file)
    {
        bool isFenced = false;
        for (int index = 0; index < file.Lines.Count; index++)
        {
            string line = file.Lines[index];
            isFenced ^= line.StartsWith("```", StringComparison.Ordinal);
            foreach (Match match in (isFenced ? OwnLine() : Span()).Matches(line))
            {
                yield return new ReadmeCommand($"{file.Path}:{index + 1}", match.Groups["line"].Value.Trim());
            }
        }
    }

    [GeneratedRegex(@"^\s*(\$ )?(?<line>(\./)?harness [a-z-].*)$")]
    private static partial Regex OwnLine();

    [GeneratedRegex(@"`(?<line>(\./)?harness [a-z-][^`]*)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"(\s#\s|\s{3,}|\s[<>|&]).*$")]
    private static partial Regex Tail();

    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex CommandName();
}
