using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Evidence;

/// <summary>Everything that the evidence of an attempt is written from.</summary>
internal sealed record EvidenceSource(
    TestPack Pack,
    TestCase Case,
    ITestBench Bench,
    DeviceBindings Devices,
    RunOptions Options,
    DateTimeOffset Started,
    long StartStopwatch,
    TimeSpan Elapsed,
    Verdict Verdict,
    string Reason,
    IReadOnlyList<StepRecord> Steps,
    SecretText Secrets,
    AlertLedger Alerts)
{
    /// <summary>The radios by which the devices of the attempt are reached.</summary>
    public IReadOnlyList<RadioReport> Radios { get; } =
    [
        .. Bench.Radios.Select(radio => radio with
        {
            Signals = [.. radio.Signals.Where(signal => Devices.ByRole.Values.Any(device => device.Id.Value == signal.Device))],
        }).Where(radio => radio.Signals.Count > 0),
    ];

    /// <summary>The octets that went one way in all steps.</summary>
    public long Octets(Abstractions.Wire.WireDirection direction) =>
        Steps.Sum(step => step.Wire.Where(record => record.Direction == direction).Sum(record => (long)record.Octets.Length));
}
