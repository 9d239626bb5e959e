using System.CommandLine;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Cli.Commands;

/// <summary>Which cases of a pack are meant, and with which values of its parameters.</summary>
internal sealed class SelectionOptions
{
    private readonly Option<string[]> _only = CommonOptions.Only();

    private readonly Option<string[]> _tag = new("--tag")
    {
        Description = "Only cases that have one of these tags; beside --only those, too",
        HelpName = "tag",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _parameter = new("--parameter")
    {
        Description = "A value for a parameter of the pack ('harness pack show' lists them); it is frozen with the pack",
        HelpName = "name=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_only);
        command.Options.Add(_tag);
        AddParametersTo(command);
    }

    /// <summary>Adds the values of parameters alone.</summary>
    public void AddParametersTo(Command command) => command.Options.Add(_parameter);

    /// <summary>Reads the pack with the values that were given.</summary>
    /// <exception cref="CommandException">There is no such pack or file, or a value has no name.</exception>
    public async Task<PackFile> ReadAsync(ParseResult parsed, string pack, CancellationToken cancellationToken) =>
        await PackFile.ReadAsync(pack, Parameters(parsed), cancellationToken).ConfigureAwait(false);

    /// <summary>The ids of the cases that are meant; empty for all.</summary>
    /// <exception cref="CommandException">The pack has no case of an id or tag.</exception>
    public string[] Ids(ParseResult parsed, TestPack pack)
    {
        string[] tags = parsed.GetRequiredValue(_tag);
        IReadOnlyList<string> tagged = pack.Tagged(tags, out string? unknown);
        string[] ids = unknown is null
            ? [.. parsed.GetRequiredValue(_only), .. tagged]
            : throw new CommandException(ExitCode.Usage, $"no case of the pack {pack.Name} has the tag '{unknown}'");
        CommonOptions.Selected(pack, ids);
        return ids;
    }

    private Dictionary<string, string> Parameters(ParseResult parsed)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string given in parsed.GetRequiredValue(_parameter))
        {
            int equals = given.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !values.TryAdd(given[..equals], given[(equals + 1)..]))
            {
                throw new CommandException(ExitCode.Usage, $"--parameter: found '{given}'; allowed: name=value, each name once");
            }
        }

        return values;
    }
}
