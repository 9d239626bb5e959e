using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Journal;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>Events for journals.</summary>
internal static class Events
{
    public static AttemptKey Key { get; } = new("execution-1", 1, 7);

    public static DateTimeOffset Time { get; } = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static AttemptEvent Started() =>
        new AttemptStarted("T-01", "a case", new Provenance(Route.LocalSerial, Origin.Virtual)) { Time = Time };

    public static AttemptEvent Step(int index) => new StepStarted(index, $"step {index}") { Time = Time };

    /// <summary>A step whose name takes so many octets.</summary>
    public static AttemptEvent Named(int index, int octets) => new StepStarted(index, new string('x', octets)) { Time = Time };

    public static AttemptEvent Evidence(int octets) =>
        new EvidenceRecorded("evidence.json", "application/json", new byte[octets]) { Time = Time };

    public static AttemptEvent Finished() => new AttemptFinished(Verdict.Passed, string.Empty, TimeSpan.Zero, 1, 2) { Time = Time };
}
