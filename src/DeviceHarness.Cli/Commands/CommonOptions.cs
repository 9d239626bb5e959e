using System.CommandLine;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Cli.Commands;

/// <summary>The options that every command takes.</summary>
internal static class CommonOptions
{
    /// <summary>The folder that holds what the processes keep.</summary>
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Data folder; then HARNESS_DATA, then $XDG_STATE_HOME/deviceharness (root: /var/lib/deviceharness)",
        HelpName = "folder",
        Recursive = true,
    };

    /// <summary>The orchestrator's address.</summary>
    public static Option<string?> Server { get; } = new("--server")
    {
        Description = "Orchestrator, such as http://127.0.0.1:7410 or https://bench-pc:7410; then HARNESS_SERVER, then the data folder",
        HelpName = "address",
        Recursive = true,
    };

    /// <summary>Data for programs instead of text for people.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON for programs", Recursive = true };

    /// <summary>Whether the command brings a bench of its own.</summary>
    public static Option<bool> Virtual() => new("--virtual")
    {
        Description = "Start the virtual bench, an agent and an orchestrator for this command alone",
    };

    /// <summary>How many cycles.</summary>
    public static Option<int> Cycles()
    {
        Option<int> option = new("--cycles")
        {
            Description = "How many cycles, one after the other, 1 to 100",
            DefaultValueFactory = _ => 1,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out int cycles) || cycles is < 1 or > 100))
            {
                result.AddError($"--cycles: found '{result.Tokens[0].Value}'; allowed: 1 to 100");
            }
        });
        return option;
    }

    /// <summary>Some of the cases.</summary>
    public static Option<string[]> Only() => new("--only")
    {
        Description = "Only these cases",
        HelpName = "case",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>The cases that <see cref="Only"/> names; all when it names none.</summary>
    /// <exception cref="CommandException">The pack has no case of a name.</exception>
    public static IReadOnlyList<TestCase> Selected(TestPack pack, IReadOnlyCollection<string> only) =>
        only.FirstOrDefault(id => pack.Find(id) is null) is { } unknown
            ? throw new CommandException(
                ExitCode.Usage,
                $"the pack {pack.Name} has no case '{unknown}'; it has {string.Join(", ", pack.Cases.Select(testCase => testCase.Id))}")
            : [.. pack.Cases.Where(testCase => only.Count == 0 || only.Contains(testCase.Id))];

    /// <summary>The rig file.</summary>
    public static Option<string> RigConfig() => new("--rig-config")
    {
        Description = "The rig file",
        HelpName = "file",
        DefaultValueFactory = _ => "rig-config.yaml",
    };
}
