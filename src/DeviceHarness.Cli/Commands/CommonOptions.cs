using System.CommandLine;
using System.Globalization;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Packs.Model;
using Google.Protobuf.WellKnownTypes;

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

    /// <summary>The data folder of a command that may make files there; who only reads of where the orchestrator is asks
    /// <c>DataFolder.Resolve</c>.</summary>
    /// <exception cref="CommandException">This is root and the folder is another account's.</exception>
    public static string DataFolderOf(ParseResult parsed) => FolderOwner.Own(parsed.GetValue(Data));

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

    /// <summary>The moment as of which issues are taken.</summary>
    public static Option<string?> At() => new("--at")
    {
        Description = "Severities, states and decisions as they stood then, in UTC, such as 2026-01-31T12:00; default: now",
        HelpName = "moment",
    };

    /// <summary>The moment that <see cref="At"/> gives; null when it was not given.</summary>
    /// <exception cref="CommandException">It is no moment.</exception>
    public static Timestamp? Moment(string? at)
    {
        if (at is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? Timestamp.FromDateTimeOffset(moment)
            : throw new CommandException(ExitCode.Usage, $"--at: found '{at}'; allowed: a moment in UTC such as 2026-01-31T12:00");
    }

    /// <summary>The kind of installation.</summary>
    public static Option<string?> Installation(string description, params string[] allowed)
    {
        Option<string?> option = new("--installation") { Description = description };
        option.AcceptOnlyFromAmong(allowed);
        return option;
    }

    /// <summary>The kind of installation of a word; null for none.</summary>
    public static InstallationType? InstallationOf(string? word) => word switch
    {
        null => null,
        "dormant" => InstallationType.Dormant,
        "active" => InstallationType.Active,
        "mixed" => InstallationType.Mixed,
        _ => InstallationType.Any,
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
        Description = "Only these cases; the id of a case that is written for each of several rows stands for all of them",
        HelpName = "case",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    /// <summary>The cases that <see cref="Only"/> names; all when it names none.</summary>
    /// <exception cref="CommandException">The pack has no case of a name.</exception>
    public static IReadOnlyList<TestCase> Selected(TestPack pack, IReadOnlyCollection<string> only)
    {
        IReadOnlyList<TestCase> cases = pack.Select(only, out string? unknown);
        return unknown is null ? cases : throw new CommandException(ExitCode.Usage, pack.WithoutCase(unknown));
    }

    /// <summary>How fast the time of a virtual bench runs.</summary>
    public static Option<int?> ClockScale() => new("--clock-scale")
    {
        Description = "Let the time of a bench without real devices run so many times faster while no line says anything; links run "
            + "with real time always, no latency is stored, and reports say so. Default: clock.scale of the rig file, else 1",
        HelpName = "n",
    };

    /// <summary>The rig file.</summary>
    public static Option<string> RigConfig() => new("--rig-config")
    {
        Description = "The rig file",
        HelpName = "file",
        DefaultValueFactory = _ => "rig-config.yaml",
    };
}
