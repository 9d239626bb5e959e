using DeviceHarness.Duis.Inventory;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Sets a device's status in the agent's copy of the Smart Metering Inventory, or holds it against what a request made of
/// it.</summary>
/// <remarks>The runner puts the status back that was there before the first one was set when the attempt ends, however it ends.</remarks>
public sealed class InventoryStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "inventory";

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>The status to set; null for a step that only looks.</summary>
    public DeviceStatus? Status { get; init; }

    /// <summary>The status that the device is to have; null for a step that sets it.</summary>
    public DeviceStatus? Expected { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Status is { } status)
        {
            context.SetStatus(context.DeviceOf(DeviceRole), status);
        }

        return ValueTask.FromResult(Expected is { } expected ? Look(context, expected) : StepReport.Done);
    }

    private StepReport Look(StepContext context, DeviceStatus expected)
    {
        string found = context.Bench.Inventory.Find(context.DeviceOf(DeviceRole).Eui64)?.Status.ToString() ?? ExpectationResult.Nothing;
        ExpectationResult result = new("inventory status", expected.ToString(), found, found == expected.ToString());
        StepReport report = result.IsMet
            ? StepReport.Done
            : new StepReport(Symptom.ExpectationMissed, $"{result.Subject}: expected {result.Expected}, found {result.Found}");
        return report with { Expectations = [result] };
    }
}
