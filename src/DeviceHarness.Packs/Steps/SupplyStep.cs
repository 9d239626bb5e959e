using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Expects something of a supply, as an input at the terminal saw it; what a relay was told is no matter.</summary>
/// <remarks>Looked at is what happened since the attempt began, or since an earlier step that expected no more than a state was met. What
/// the bench gives to a device is the bench's: a miss there is no fault of the device. Nor is one at the terminal for the hub, when the
/// device itself was without supply meanwhile.</remarks>
public sealed class SupplyStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "supply";

    /// <summary>How long to wait when the pack does not say, beyond the times that it compares with.</summary>
    public static readonly TimeSpan DefaultWithin = TimeSpan.FromSeconds(10);

    /// <summary>The role of the device.</summary>
    public required string DeviceRole { get; init; }

    /// <summary>The terminal that is looked at.</summary>
    public required SupplyTerminal Terminal { get; init; }

    /// <summary>Whether the supply is to be there at the end; null when that is no matter.</summary>
    public bool? IsPresent { get; init; }

    /// <summary>The longest interruption is to be shorter than this, and over; null when that is no matter.</summary>
    public TimeSpan? InterruptionBelow { get; init; }

    /// <summary>The longest interruption is to last so long at least; null when that is no matter.</summary>
    public TimeSpan? InterruptionAtLeast { get; init; }

    /// <summary>How long to wait until it is decided.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>Whether what waits in the hub that the device feeds is noted, so that a later step counts what came since.</summary>
    public bool NotesAlerts { get; init; }

    /// <summary>How long to look whether that hub tells of an outage: it has to after one that <see cref="InterruptionBelow"/> forbids, and
    /// must not otherwise; null when that is no matter.</summary>
    public TimeSpan? AlertWithin { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => [DeviceRole];

    /// <summary>What is expected, in words.</summary>
    public IReadOnlyList<string> Expectations =>
    [
        .. OfSupply,
        .. AlertWithin is TimeSpan late ? [$"no alert {OutageAlerts.Code} of its hub in {Seconds(late)}"] : Array.Empty<string>(),
    ];

    private string[] OfSupply =>
    [
        .. IsPresent is bool isPresent ? [$"supply {WordOf(isPresent)}"] : Array.Empty<string>(),
        .. InterruptionBelow is TimeSpan below ? [$"no interruption of {Seconds(below)} or more"] : Array.Empty<string>(),
        .. InterruptionAtLeast is TimeSpan least ? [$"an interruption of {Seconds(least)} or more"] : Array.Empty<string>(),
    ];

    /// <summary>The word for whether a supply is there.</summary>
    public static string WordOf(bool isPresent) => isPresent ? "on" : "off";

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        BenchDevice device = context.DeviceOf(DeviceRole);
        if (NotesAlerts)
        {
            await context.Outages.NoteAsync(device, cancellationToken).ConfigureAwait(false);
        }

        SupplyPoint point = new(device.Id, Terminal);
        if (AlertWithin is { } late && context.Outages.HubOf(device) is { } hub)
        {
            return await LookWithHubAsync(context, point, hub, late, cancellationToken).ConfigureAwait(false);
        }

        return await LookAsync(context, point, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StepReport> LookAsync(StepContext context, SupplyPoint point, CancellationToken cancellationToken)
    {
        long started = context.Time.GetTimestamp();
        while (true)
        {
            SupplyObservation seen = await context.Supply.ObserveAsync(point, cancellationToken).ConfigureAwait(false);
            bool?[] met = [Present(seen), Below(seen), AtLeast(seen)];
            TimeSpan left = Within - context.Time.GetElapsedTime(started);
            if (met.Contains(false) || left <= TimeSpan.Zero || CannotTell(seen) || Array.TrueForAll(met, each => each == true))
            {
                return await ReportAsync(context, seen, met, cancellationToken).ConfigureAwait(false);
            }

            TimeSpan toLimit = InterruptionBelow is TimeSpan below && below > seen.LongestInterruption && !seen.Now.IsPresent
                ? below - seen.LongestInterruption
                : left;
            await context.Supply.WaitAsync(seen, toLimit < left ? toLimit : left, cancellationToken).ConfigureAwait(false);
        }
    }

    // Each is true once met, false once missed, and null while it may become either.
    private bool? Present(SupplyObservation seen) => IsPresent is null || IsPresent == seen.Now.IsPresent ? true : null;

    private bool? Below(SupplyObservation seen) => InterruptionBelow is not TimeSpan below ? true
        : seen.LongestCertain >= below ? false
        : seen.Now.IsPresent && seen.LongestPossible < below ? true
        : null;

    private bool? AtLeast(SupplyObservation seen) =>
        InterruptionAtLeast is not TimeSpan least || seen.LongestCertain >= least ? true : null;

    private bool MayBeEnough(SupplyObservation seen) => AtLeast(seen) is null && seen.LongestPossible >= InterruptionAtLeast;

    /// <summary>The supply is back, and an input that is asked again and again cannot say on which side of the limit it was away.</summary>
    private bool CannotTell(SupplyObservation seen) => seen.Now.IsPresent && Below(seen) is null;

    private async Task<StepReport> ReportAsync(
        StepContext context, SupplyObservation seen, bool?[] met, CancellationToken cancellationToken)
    {
        string found = string.Create(
            CultureInfo.InvariantCulture,
            $"{WordOf(seen.Now.IsPresent)}, longest interruption {seen.LongestInterruption.TotalSeconds:0.000} s");
        if (seen.LongestPossible > seen.LongestCertain)
        {
            found += string.Create(
                CultureInfo.InvariantCulture, $" (between {seen.LongestCertain.TotalSeconds:0.000} s and "
                + $"{seen.LongestPossible.TotalSeconds:0.000} s: no change was stamped, the input was asked again and again)");
        }

        ExpectationResult result = new(
            $"supply at {seen.Point}", string.Join(", ", OfSupply), found, Array.TrueForAll(met, each => each == true));
        List<SupplyObservation> supplies = [seen];
        SupplyPoint mains = seen.Point with { Terminal = SupplyTerminal.Mains };
        if (Terminal != SupplyTerminal.Mains)
        {
            supplies.Add(await context.Supply.ObserveAsync(mains, cancellationToken).ConfigureAwait(false));
        }

        if (result.IsMet && InterruptionBelow is null && InterruptionAtLeast is null)
        {
            supplies.ForEach(context.Supply.BeginAnew);
        }

        StepReport report = result.IsMet
            ? StepReport.Done
            : Missed(
                result, isUndecided: !met.Contains(false) && (met[1] is null || MayBeEnough(seen)), seen.Now.IsPresent, seen.WasPresent,
                supplies[^1].WasAway);
        return report with { Expectations = [result], Supply = supplies };
    }

    private StepReport Missed(ExpectationResult result, bool isUndecided, bool isBack, bool wasPresent, bool wasMainsAway)
    {
        string reason = $"{result.Subject}: expected {result.Expected}, found {result.Found}";
        return Terminal == SupplyTerminal.Mains ? new StepReport(Symptom.BenchBroke, reason)
            : !wasPresent ? new StepReport(Symptom.BenchBroke, $"{reason}; it was away before the case began")
            : wasMainsAway ? new StepReport(Symptom.BenchBroke, $"{reason}; the device itself was without supply meanwhile")
            : isUndecided ? new StepReport(
                Symptom.MomentUnproven,
                isBack ? $"{reason}; that does not decide it" : $"{reason}; it was away when the time was over")
            : new StepReport(Symptom.ExpectationMissed, reason);
    }

    private async Task<StepReport> LookWithHubAsync(
        StepContext context, SupplyPoint point, DeviceId hub, TimeSpan late, CancellationToken cancellationToken)
    {
        StepReport supply = await LookAsync(context, point, cancellationToken).ConfigureAwait(false);
        bool? came = await context.Outages.LookAsync(hub, late, cancellationToken).ConfigureAwait(false);
        if (supply.Symptom != Symptom.ExpectationsMet || came == true)
        {
            return WithAlert(supply, hub, came);
        }

        // What began while the hub was looked at counts too, and its alert has its own time.
        supply = await LookAsync(context, point, cancellationToken).ConfigureAwait(false);
        came = supply.Symptom == Symptom.ExpectationsMet
            ? came
            : await context.Outages.LookAsync(hub, late, cancellationToken).ConfigureAwait(false);
        return WithAlert(supply, hub, came);
    }

    /// <summary>Adds what the hub told. After an interruption that was too long the alert is due, and the hub's own word for it.</summary>
    private StepReport WithAlert(StepReport supply, DeviceId hub, bool? came)
    {
        bool isDue = InterruptionBelow is { } below
            && supply.Supply.Any(seen => seen.Point.Terminal == Terminal && seen.LongestInterruption >= below);
        string found = came switch { true => OutageAlerts.Code, false => ExpectationResult.Nothing, null => "no answer of the hub" };
        ExpectationResult result = new(
            $"outage alert of {hub}", isDue ? OutageAlerts.Code : ExpectationResult.Nothing, found, came == isDue);
        string told = $"{result.Subject}: expected {result.Expected}, found {result.Found}";
        StepReport report = supply with { Expectations = [.. supply.Expectations, result] };
        return (supply.Symptom == Symptom.ExpectationsMet, came) switch
        {
            (true, null) => report with { Symptom = Symptom.Unreachable, Reason = told },
            (true, true) => report with { Symptom = Symptom.ExpectationMissed, Reason = $"{told}; the premises had no such outage" },
            (false, false) when isDue => report with { Reason = $"{supply.Reason}; {told}: the alert is lost" },
            (false, _) => report with { Reason = $"{supply.Reason}; {told}" },
            _ => report,
        };
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
