using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Takes a cover of a meter off for a time, and puts it back, by the switches of the bench.</summary>
/// <remarks>However the step ends, the cover is told to close. What the meter noticed stays in its logs: nothing undoes that.</remarks>
public sealed class TamperStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "tamper";

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>The cover.</summary>
    public required MeterCover Cover { get; init; }

    /// <summary>How long it is off.</summary>
    public required TimeSpan OpenFor { get; init; }

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
        if (context.Bench.Tamper is not { } port || !port.Has(device.Id, Cover))
        {
            return new StepReport(
                Symptom.PreconditionUnmet, $"the bench reaches no {Cover.ToString().ToLowerInvariant()} cover of {device.Id}");
        }

        ContactMove opened;
        ContactMove closed;
        try
        {
            opened = await port.SetAsync(device.Id, Cover, isOpen: true, cancellationToken).ConfigureAwait(false);
            await Task.Delay(OpenFor, context.Time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            closed = await port.SetAsync(device.Id, Cover, isOpen: false, CancellationToken.None).ConfigureAwait(false);
        }

        return StepReport.Done with { Contacts = [opened, closed] };
    }
}
