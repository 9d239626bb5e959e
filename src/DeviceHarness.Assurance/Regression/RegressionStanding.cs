using System.Globalization;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Assurance.Regression;

/// <summary>Whether the last regression of a combination still stands, and why.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 3.6: without a code release earlier regression stands. A regression counts
/// when every pack of the standard regression pack was run whole and every in-scope case passed; what another campaign ran is shown and
/// is never the whole.</remarks>
public sealed record RegressionStanding
{
    private readonly RegressionRecord _record;
    private readonly ThresholdBasis _basis;

    private RegressionStanding(DmcDefinition dmc, RegressionRecord record, RegressionPack pack, ThresholdBasis basis)
    {
        (Dmc, Pack, _record, _basis) = (dmc, pack, record, basis);
        Runs = [.. pack.Packs.Select(name => LastRun(name, after: null)).OfType<CycleSummary>()];
        Why = [.. Reasons()];
        Verdict = Runs.Count < pack.Packs.Count ? RegressionVerdict.NotRun
            : Why.Count > 0 ? RegressionVerdict.Due
            : RegressionVerdict.StillValid;
        if (Verdict == RegressionVerdict.StillValid)
        {
            Why = [.. ReasonsToStand()];
        }
    }

    /// <summary>The combination.</summary>
    public DmcDefinition Dmc { get; }

    /// <summary>The standard regression pack.</summary>
    public RegressionPack Pack { get; }

    /// <summary>The last whole, complete regression cycle of each pack, in the order of the packs; packs that were never run are left
    /// out.</summary>
    public IReadOnlyList<CycleSummary> Runs { get; }

    /// <summary>Where it stands.</summary>
    public RegressionVerdict Verdict { get; }

    /// <summary>Why: what is missing or changed, or that nothing did.</summary>
    public IReadOnlyList<string> Why { get; }

    /// <summary>What other campaigns ran of it: partial, each.</summary>
    public IReadOnlyList<RegressionCredit> Credits => [.. _record.Credits.Where(credit => credit.Dmc == Dmc.Id)];

    /// <summary>The conditions that fixes with a code change put on it, oldest first.</summary>
    public IReadOnlyList<RegressionCondition> Conditions =>
    [
        .. _record.Releases.Where(release => release is { ChangesCode: true, IssueId.Length: > 0 } && Has(release))
            .Select(release => new RegressionCondition(Dmc.Id, release, DischargedBy(release))),
    ];

    private DateTimeOffset Since => Runs.Min(run => run.Cycle.Created);

    /// <summary>Judges a combination.</summary>
    /// <param name="dmc">The combination.</param>
    /// <param name="record">What is known.</param>
    /// <param name="pack">The standard regression pack.</param>
    /// <param name="basis">Whether cycles on virtual devices count: in a rehearsal alone.</param>
    public static RegressionStanding Of(DmcDefinition dmc, RegressionRecord record, RegressionPack pack, ThresholdBasis basis)
    {
        ArgumentNullException.ThrowIfNull(dmc);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(pack);
        return new RegressionStanding(dmc, record, pack, basis);
    }

    private static bool HasPassed(CycleSummary run) => run.Rate.InScope > 0 && run.Rate.Passed == run.Rate.InScope;

    private static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool Has(ComponentRelease release) => Dmc.Components.Contains(release.Component);

    private CycleSummary? LastRun(string pack, DateTimeOffset? after) => _record.Cycles.LastOrDefault(run =>
        run.Cycle is { State: CycleState.Complete, IsSelection: false, Purpose.Kind: CycleKind.Regression }
        && run.Cycle.Purpose.Scope.Dmc == Dmc.Id
        && run.Cycle.PackName == pack
        && (after is null || run.Cycle.Created > after)
        && (_basis == ThresholdBasis.Rehearsal || ProvenanceRule.IsEvidence(run.Cycle.Provenance)));

    private string[] DischargedBy(ComponentRelease release)
    {
        CycleSummary[] runs =
            [.. Pack.Packs.Select(name => LastRun(name, release.Time)).OfType<CycleSummary>().Where(HasPassed)];
        return runs.Length == Pack.Packs.Count ? [.. runs.Select(run => run.Cycle.Id)] : [];
    }

    private IEnumerable<string> Reasons()
    {
        foreach (string missing in Pack.Packs.Where(name => Runs.All(run => run.Cycle.PackName != name)))
        {
            yield return $"no complete regression cycle with the whole pack {missing}";
        }

        foreach (CycleSummary run in Runs.Where(run => !HasPassed(run)))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Cycle.Id}: {run.Rate.Passed} of {run.Rate.InScope} in-scope cases of {run.Cycle.PackName} passed");
        }

        if (Runs.Count > 0)
        {
            foreach (string change in Dmc.Components.Select(ChangeOf).OfType<string>().Concat(FirmwareChanges()))
            {
                yield return change;
            }
        }
    }

    private IEnumerable<string> ReasonsToStand()
    {
        yield return $"no software version changed since {string.Join(", ", Runs.Select(run => run.Cycle.Id))} (from {Day(Since)} on)";
        foreach (string component in Dmc.Components)
        {
            ComponentRelease? now = _record.Releases.LastOrDefault(release => release.Component == component);
            yield return now is null
                ? $"{component}: no release was ever recorded"
                : $"{component}: {now.Version} since {Day(now.Time)}";
        }
    }

    private string? ChangeOf(string component)
    {
        ComponentRelease[] releases = [.. _record.Releases.Where(release => release.Component == component)];
        ComponentRelease? then = releases.LastOrDefault(release => release.Time <= Since);
        ComponentRelease? now = releases.LastOrDefault();
        bool hasNewCode = releases.Any(release => release.Time > Since && release.ChangesCode);
        return now is null || !hasNewCode || now.Version == then?.Version
            ? null
            : $"{component}: {then?.Version ?? "not stated"}, then {now.Version} on {Day(now.Time)}"
                + (now.IssueId.Length == 0 ? string.Empty : $", fix of {now.IssueId}");
    }

    // A device of the newest cycle for the combination against those of its type and profile that the regression ran on.
    private IEnumerable<string> FirmwareChanges()
    {
        Cycle? newest = _record.Cycles.LastOrDefault(run =>
            run.Cycle.Purpose.Scope.Dmc == Dmc.Id && run.Cycle.State != CycleState.Void)?.Cycle;
        foreach (DeviceBaseline device in newest?.Devices ?? [])
        {
            string[] then =
            [
                .. Runs.SelectMany(run => run.Cycle.Devices)
                    .Where(other => other.Device.DeviceType == device.Device.DeviceType && other.Device.Profile == device.Device.Profile)
                    .Select(other => other.Inventory.FirmwareVersion).Distinct(),
            ];
            if (then.Length > 0 && !then.Contains(device.Inventory.FirmwareVersion))
            {
                yield return $"firmware of {device}: {string.Join(", ", then)}, then {device.Inventory.FirmwareVersion} in {newest!.Id}";
            }
        }
    }
}
