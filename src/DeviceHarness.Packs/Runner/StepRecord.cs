using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Runner;

/// <summary>Everything that an attempt remembers of a step, for its evidence.</summary>
/// <param name="Index">Its place in the attempt, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsCleanup">Whether it belongs to clean-up.</param>
/// <param name="Step">The step.</param>
/// <param name="Report">What it found.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Started">When it began, from the attempt's beginning.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Wire">The octets that passed the ports meanwhile.</param>
/// <param name="WireLost">How many pieces of them the wire log had already lost.</param>
/// <param name="Secrets">Which of the octets are secret.</param>
internal sealed record StepRecord(
    int Index, string Name, bool IsCleanup, PackStep Step, StepReport Report, Verdict Verdict, TimeSpan Started, TimeSpan Elapsed,
    IReadOnlyList<WireRecord> Wire, long WireLost, WireSecrets Secrets)
{
    /// <summary>Which round of its step it is, from 1; null when the step is not repeated.</summary>
    public int? Round { get; init; }
}
