using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Switches the supply of a device off or on, or off for a time.</summary>
/// <remarks>Where an input sees the supply, the step waits until it followed: a contact that was told and did not move is the bench's
/// fault. A supply that is off when the steps end is switched on before anything is cleaned up.</remarks>
public sealed class PowerStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "power";

    /// <summary>How long the supply may take to follow its contact.</summary>
    public static readonly TimeSpan FollowTime = TimeSpan.FromSeconds(10);

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>Whether the supply is there when the step ends.</summary>
    public required bool IsOn { get; init; }

    /// <summary>For how long it is off before; null when it is only switched.</summary>
    public TimeSpan? OffFor { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <inheritdoc/>
    public override bool TouchesDevice => true;

    /// <summary>The step by which the runner gives a supply back that a case left off.</summary>
    /// <param name="role">The role of the device.</param>
    public static PowerStep BackOn(string role) => new()
    {
        Name = $"power: {role} back on",
        Number = 0,
        Timeout = PackRunner.CleanupBudget,
        Change = StepChange.Reversible,
        DeviceRole = role,
        IsOn = true,
    };

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        BenchDevice device = context.DeviceOf(DeviceRole);
        if (context.Bench.Power is not { } port || port.FeedOf(device.Id) is null)
        {
            return new StepReport(Symptom.PreconditionUnmet, $"the bench cannot switch the supply of {device.Id}");
        }

        if (OffFor is TimeSpan time)
        {
            StepReport off = await SwitchAsync(context, DeviceRole, device.Id, isOn: false, cancellationToken).ConfigureAwait(false);
            if (off.Symptom != Symptom.ExpectationsMet)
            {
                return off;
            }

            await Task.Delay(time, context.Time, cancellationToken).ConfigureAwait(false);
        }

        return await SwitchAsync(context, DeviceRole, device.Id, IsOn, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Switches the supply of a device that has a feed, and waits until it followed where an input sees it.</summary>
    internal static async Task<StepReport> SwitchAsync(
        StepContext context, string role, DeviceId device, bool isOn, CancellationToken cancellationToken)
    {
        if (!isOn)
        {
            context.Power.NoteOff(role);
        }

        await context.Bench.Power!.SwitchAsync(device, isOn, cancellationToken).ConfigureAwait(false);
        SupplyPoint mains = new(device, SupplyTerminal.Mains);
        if (context.Supply.IsWatched(mains))
        {
            return await FollowAsync(context, role, mains, isOn, cancellationToken).ConfigureAwait(false);
        }

        NoteOn(context, role, isOn);
        return StepReport.Done;
    }

    private static async Task<StepReport> FollowAsync(
        StepContext context, string role, SupplyPoint mains, bool isOn, CancellationToken cancellationToken)
    {
        long started = context.Time.GetTimestamp();
        while (true)
        {
            SupplyObservation seen = await context.Supply.ObserveAsync(mains, cancellationToken).ConfigureAwait(false);
            bool hasFollowed = seen.Now.IsPresent == isOn;
            TimeSpan left = FollowTime - context.Time.GetElapsedTime(started);
            if (hasFollowed || left <= TimeSpan.Zero)
            {
                ExpectationResult result = new(
                    $"supply at {mains}", SupplyStep.WordOf(isOn), SupplyStep.WordOf(seen.Now.IsPresent), hasFollowed);
                NoteOn(context, role, isOn && hasFollowed);
                StepReport report = hasFollowed
                    ? StepReport.Done
                    : new StepReport(
                        Symptom.BenchBroke, $"the contact was told {result.Expected}, and the input at {mains} sees {result.Found}");
                return report with { Expectations = [result], Supply = [seen] };
            }

            await context.Supply.WaitAsync(seen, left, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void NoteOn(StepContext context, string role, bool isOn)
    {
        if (isOn)
        {
            context.Power.NoteOn(role);
        }
    }
}
