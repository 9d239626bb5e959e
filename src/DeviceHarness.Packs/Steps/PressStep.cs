using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Presses a button of a device, by what the rig file names for it, and lets it go.</summary>
/// <remarks>What the device does then is for later steps to look at. Evidence is what the contact did, with the kernel's stamp where a line
/// looks at it.</remarks>
public sealed class PressStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "press";

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>The button, by its name in the rig file.</summary>
    public required string Button { get; init; }

    /// <summary>How long it is held down, on real time.</summary>
    public required TimeSpan Hold { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override bool TouchesDevice => true;

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        BenchDevice device = context.DeviceOf(DeviceRole);
        if (context.Bench.Buttons is not { } buttons || !buttons.Has(device.Id, Button))
        {
            return new StepReport(Symptom.PreconditionUnmet, $"the bench reaches no button '{Button}' of {device.Id}");
        }

        return StepReport.Done with
        {
            Contacts = await buttons.PressAsync(device.Id, Button, Hold, cancellationToken).ConfigureAwait(false),
        };
    }
}
