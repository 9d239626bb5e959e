using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.SampleDriver;

/// <summary>A kind of step as somebody else would write one: holds the firmware that the inventory has of a device against a
/// list.</summary>
public sealed class FirmwareIsKind : IStepKind
{
    private const string OneOf = "one-of";

    /// <inheritdoc/>
    public string Name => "firmware-is";

    /// <inheritdoc/>
    public IReadOnlyList<string> Required => [OneOf];

    /// <inheritdoc/>
    public IReadOnlyList<string> Optional => [];

    /// <inheritdoc/>
    public ValueTask<StepOutcome> ExecuteAsync(StepCall call, CancellationToken cancellationToken)
    {
        string allowed = call.Values[OneOf];
        string? found = call.Bench.Inventory.Find(call.Device.Eui64)?.FirmwareVersion;
        return ValueTask.FromResult(found is null
            ? new StepOutcome([]) { Inconclusive = $"the inventory does not hold {call.Device.Id}" }
            : new StepOutcome([new StepFinding("firmware", $"one of {allowed}", found, allowed.Split(' ').Contains(found))])
            {
                Values = new Dictionary<string, string> { ["version"] = found },
            });
    }
}
