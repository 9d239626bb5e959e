using System.CommandLine;
using System.Runtime.CompilerServices;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Commands;

namespace DeviceHarness.Cli.Han;

/// <summary>What every command on a home area network is told: which rig, which adapter.</summary>
internal sealed class HanOptions
{
    private readonly Option<string> _rigConfig = CommonOptions.RigConfig();

    private readonly Option<string?> _adapter = new("--adapter")
    {
        Description = "The adapter's name in the rig file; default: the only one",
        HelpName = "name",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_rigConfig);
        command.Options.Add(_adapter);
    }

    /// <summary>The rig that was named.</summary>
    public RigConfiguration Rig(ParseResult parsed) => RigConfigurationReader.Read(parsed.GetRequiredValue(_rigConfig));

    /// <summary>The adapter that was named.</summary>
    public RigAdapter Adapter(RigConfiguration rig, ParseResult parsed) => HanBench.AdapterOf(rig, parsed.GetValue(_adapter));

    /// <summary>Does something on the network, and closes the adapter after it.</summary>
    public async Task<int> OnBenchAsync(
        RigConfiguration rig, ParseResult parsed, Func<HanBench, Task<int>> act, CancellationToken cancellationToken)
    {
        HanBench bench = await HanBench.OpenAsync(
            rig, parsed.GetValue(_adapter), CommonOptions.DataFolderOf(parsed), TimeProvider.System, cancellationToken)
            .ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = bench.ConfigureAwait(false);
        return await act(bench).ConfigureAwait(false);
    }

    /// <summary>The network that the adapter is in.</summary>
    /// <exception cref="CommandException">It is in none.</exception>
    public static HanNetworkListing NetworkOf(HanBench bench) => bench.Network ?? throw new CommandException(
        ExitCode.Failed, $"{bench.Adapter.Name} is in no network: {WayIn(bench.Adapter)}");

    /// <summary>The command by which an adapter gets into a network.</summary>
    public static string WayIn(RigAdapter adapter) => adapter.IsTrustCentre ? "harness han form" : "harness han join";
}
