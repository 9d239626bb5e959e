using System.Runtime.CompilerServices;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Power;

/// <summary>What a person does with the hands at a virtual bench: its emergency stop and its button.</summary>
public static class BenchHands
{
    /// <summary>Pulls the emergency stop, or lets it go. The agent notices by itself, as it does with a real one.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="dataFolder">The data folder of its bench.</param>
    /// <param name="isPulled">Whether the bench is to be without mains.</param>
    /// <param name="cancellationToken">Ends the wait for the bench.</param>
    /// <returns>What the stop and the button show then, for a person to read.</returns>
    /// <exception cref="Abstractions.Errors.TransportException">BENCH-003: no virtual bench serves the rig.</exception>
    public static Task<string> StopAsync(
        RigConfiguration rig, string dataFolder, bool isPulled, CancellationToken cancellationToken) =>
        TellAsync(rig, dataFolder, isPulled ? "isolate on" : "isolate off", cancellationToken);

    /// <summary>Presses the button by which a person lets the bench be switched on again.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="dataFolder">The data folder of its bench.</param>
    /// <param name="cancellationToken">Ends the wait for the bench.</param>
    /// <returns>What the stop and the button show then, for a person to read.</returns>
    /// <exception cref="Abstractions.Errors.TransportException">BENCH-003: no virtual bench serves the rig.</exception>
    public static Task<string> PressAsync(RigConfiguration rig, string dataFolder, CancellationToken cancellationToken) =>
        TellAsync(rig, dataFolder, "acknowledge", cancellationToken);

    private static async Task<string> TellAsync(
        RigConfiguration rig, string dataFolder, string line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rig);
        BenchControlClient bench = new(BenchPaths.Folder(dataFolder, rig.Name));
        await using ConfiguredAsyncDisposable leaving = bench.ConfigureAwait(false);
        _ = await bench.AskAsync(line, cancellationToken).ConfigureAwait(false);
        string[] told = (await bench.AskAsync("isolation", cancellationToken).ConfigureAwait(false)).Split(' ');
        string stop = told[0] == "isolated" ? "the emergency stop is pulled: the bench is without mains" : "the emergency stop is let go";
        string wired = rig.Power.Isolation is null
            ? "; no 'power.isolation' stands in the rig file, so the agent does not see it"
            : string.Empty;
        return $"{rig.Name}: {stop}; button pressed {told[^1]} times since it was last moved{wired}";
    }
}
