using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Packs.Steps;

/// <summary>Sets a device's status in the agent's copy of the Smart Metering Inventory.</summary>
/// <remarks>The runner puts the former status back when the attempt ends, however it ends.</remarks>
public sealed class InventoryStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "inventory";

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>The status to set.</summary>
    public required DeviceStatus Status { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        context.SetStatus(context.DeviceOf(DeviceRole), Status);
        return ValueTask.FromResult(StepReport.Done);
    }
}
