using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Comparisons;

/// <summary>Two cycles held against each other, as the end of a test phase needs it.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 7, items 1 to 6. What stands in <see cref="Blockers"/> keeps a report on the
/// two from being made; a rate is no gate.</remarks>
public sealed record CycleComparison
{
    private CycleComparison(CycleDetail first, CycleDetail second, IReadOnlyList<DifferenceExplanation> explanations)
    {
        First = first;
        Second = second;
        Explanations = explanations;
        Devices = DeviceUse.Of(first, second);
        Split = RateSplit.Of(first, second);
        DeviceDifferences = [.. DevicesApart(first, second), .. UnusedDevices(), .. CasesApart(first, second)];
        OnCommonDevices = DeviceDifferences.Count == 0 ? null : CommonDevices.Of(first, second, Devices);
        BaselineDifferences = [.. BaselinesApart(first, second)];
        Changes = [.. ChangesOf(first, second)];
        Unlinked = [.. UnlinkedIn(first), .. UnlinkedIn(second)];
        Blockers = [.. BlockersOf()];
    }

    /// <summary>The first cycle.</summary>
    public CycleDetail First { get; }

    /// <summary>The second cycle.</summary>
    public CycleDetail Second { get; }

    /// <summary>The devices of the first cycle, each with type, identifier and profile.</summary>
    public IReadOnlyList<string> FirstDevices => NamesOf(First);

    /// <summary>The devices of the second cycle, each with type, identifier and profile.</summary>
    public IReadOnlyList<string> SecondDevices => NamesOf(Second);

    /// <summary>The rigs that the first cycle's verdicts come from.</summary>
    public IReadOnlyList<string> FirstRigs => First.RigsUsed;

    /// <summary>The rigs that the second cycle's verdicts come from.</summary>
    public IReadOnlyList<string> SecondRigs => Second.RigsUsed;

    /// <summary>How the device sets differ, as a whole and where a rig took over another's cases; empty when they are the same.</summary>
    public IReadOnlyList<string> DeviceDifferences { get; }

    /// <summary>Each device of either cycle, with what each did with it.</summary>
    public IReadOnlyList<DeviceUse> Devices { get; }

    /// <summary>The difference of the rates, split over its causes; null when either cycle has nothing in scope.</summary>
    public RateSplit? Split { get; }

    /// <summary>What people recorded on why the rates differ, oldest first.</summary>
    public IReadOnlyList<DifferenceExplanation> Explanations { get; }

    /// <summary>The rates over the devices that both cycles used; null when the device sets are the same.</summary>
    public CommonDevices? OnCommonDevices { get; }

    /// <summary>How pack, harness and firmware differ; empty when they are the same.</summary>
    public IReadOnlyList<string> BaselineDifferences { get; }

    /// <summary>Whether the very same devices, firmware, pack and harness were used.</summary>
    public bool IsLikeForLike => DeviceDifferences.Count == 0 && BaselineDifferences.Count == 0;

    /// <summary>The cases whose verdicts differ, in the order of the second cycle; those that only the first has come last.</summary>
    public IReadOnlyList<CaseChange> Changes { get; }

    /// <summary>Failed cases without a Testing Issue, each with its cycle.</summary>
    public IReadOnlyList<string> Unlinked { get; }

    /// <summary>Whether the pass rates differ by one percentage point or more, so that an explanation is due.</summary>
    public bool NeedsExplanation
    {
        get
        {
            (long passed, long whole) = (First.Rate.Passed, First.Rate.InScope);
            (long otherPassed, long otherWhole) = (Second.Rate.Passed, Second.Rate.InScope);
            return whole > 0 && otherWhole > 0
                && Math.Abs((passed * otherWhole) - (otherPassed * whole)) * 100 >= whole * otherWhole;
        }
    }

    /// <summary>What is known towards an explanation: the issues of changed cases, and how the device sets differ.</summary>
    public IReadOnlyList<string> Explanation =>
    [
        .. Changes.Where(change => change.Issues.Count > 0)
            .Select(change => $"{change.CaseId}: {string.Join(", ", change.Issues)}"),
        .. DeviceDifferences,
    ];

    /// <summary>Why no report can be made on the two; empty when it can.</summary>
    public IReadOnlyList<string> Blockers { get; }

    /// <summary>The command that records an explanation.</summary>
    public string ExplainCommand => $"harness compare {First.Cycle.Id} {Second.Cycle.Id} --explain \"…\"";

    /// <summary>Compares two cycles of which nobody explained anything.</summary>
    public static CycleComparison Of(CycleDetail first, CycleDetail second) => Of(first, second, []);

    /// <summary>Compares two cycles.</summary>
    /// <param name="first">The earlier cycle.</param>
    /// <param name="second">The later cycle.</param>
    /// <param name="explanations">What people recorded on why the rates of the two differ, oldest first.</param>
    public static CycleComparison Of(CycleDetail first, CycleDetail second, IReadOnlyList<DifferenceExplanation> explanations)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new CycleComparison(first, second, explanations);
    }

    private static string[] NamesOf(CycleDetail cycle) => [.. cycle.DevicesUsed.Select(device => device.ToString())];

    private static IEnumerable<string> DevicesApart(CycleDetail first, CycleDetail second)
    {
        string[] ofFirst = NamesOf(first);
        string[] ofSecond = NamesOf(second);
        return ofFirst.Except(ofSecond).Select(name => $"only in {first.Cycle.Id}: {name}")
            .Concat(ofSecond.Except(ofFirst).Select(name => $"only in {second.Cycle.Id}: {name}"));
    }

    // A device that stood by in one of the two, and was used in the other, is as good as not there.
    private IEnumerable<string> UnusedDevices() => Devices
        .Where(device => device is { First.IsPresent: true, Second.IsPresent: true } && device.First.IsUsed != device.Second.IsUsed)
        .Select(device => device.First.IsUsed
            ? $"not used in {Second.Cycle.Id}: {device.Device}; in {First.Cycle.Id} {device.First}"
            : $"not used in {First.Cycle.Id}: {device.Device}; in {Second.Cycle.Id} {device.Second}");

    // Cycles that each used two rigs may have used the same devices, and for different cases.
    private static IEnumerable<string> CasesApart(CycleDetail first, CycleDetail second)
    {
        Dictionary<string, ExecutionHistory> before = first.Executions
            .Where(execution => execution.Deciding is not null).DistinctBy(execution => execution.Execution.CaseId)
            .ToDictionary(execution => execution.Execution.CaseId);
        return second.Executions
            .Where(execution => execution.Deciding is not null)
            .Select(execution => (Now: execution, Before: before.GetValueOrDefault(execution.Execution.CaseId)))
            .Where(pair => pair.Before is { } earlier && earlier.Rig != pair.Now.Rig
                && !SetOn(first, earlier.Rig).SetEquals(SetOn(second, pair.Now.Rig)))
            .Where(_ => first.RigsUsed.Count > 1 || second.RigsUsed.Count > 1)
            .Select(pair => $"{pair.Now.Execution.CaseId} ran on {pair.Before!.Rig}, then on {pair.Now.Rig}");
    }

    private static HashSet<string> SetOn(CycleDetail cycle, string rig) =>
        [.. cycle.Cycle.DevicesOn(rig).Select(device => device.ToString())];

    private static IEnumerable<string> BaselinesApart(CycleDetail firstCycle, CycleDetail secondCycle)
    {
        (Cycle first, IReadOnlyList<DeviceBaseline> firstDevices) = (firstCycle.Cycle, firstCycle.DevicesUsed);
        (Cycle second, IReadOnlyList<DeviceBaseline> secondDevices) = (secondCycle.Cycle, secondCycle.DevicesUsed);
        if (first.PackHash != second.PackHash)
        {
            yield return $"pack: {first.PackName} {first.PackVersion} ({first.PackHash}), "
                + $"then {second.PackName} {second.PackVersion} ({second.PackHash})";
        }

        if (first.HarnessVersion != second.HarnessVersion)
        {
            yield return $"harness: {first.HarnessVersion}, then {second.HarnessVersion}";
        }

        foreach (DeviceBaseline device in firstDevices)
        {
            DeviceBaseline? same = secondDevices.FirstOrDefault(other => other.Device.Eui64 == device.Device.Eui64);
            if (same is not null && same.Inventory.FirmwareVersion != device.Inventory.FirmwareVersion)
            {
                (string was, string isNow) = (device.Inventory.FirmwareVersion, same.Inventory.FirmwareVersion);
                yield return $"firmware of {device.Device.Eui64}: {was}, then {isNow}, which is another Device Model Combination";
            }
        }
    }

    private static IEnumerable<CaseChange> ChangesOf(CycleDetail first, CycleDetail second)
    {
        foreach (CasePair pair in CasePair.Of(first, second))
        {
            (ExecutionHistory? earlier, ExecutionHistory? later) = (pair.First?.Execution, pair.Second?.Execution);
            if (earlier?.Verdict == later?.Verdict)
            {
                continue;
            }

            string reason = later is { Reason.Length: > 0 } ? later.Reason : earlier?.Reason ?? string.Empty;
            string title = (later ?? earlier)?.Execution.Title ?? string.Empty;
            yield return new CaseChange(
                pair.CaseId, title, earlier?.Verdict, later?.Verdict, reason, IssuesOf(pair.CaseId, first, second))
            {
                FirstDevices = NamesOf(pair.First),
                SecondDevices = NamesOf(pair.Second),
                Causes = pair.IsCounted ? pair.CausesOfChange(first, second) : [pair.CauseOfAbsence(first, second)],
            };
        }
    }

    private static string[] NamesOf(CaseSide? side) => [.. side?.Conditions.Devices.Select(device => device.ToString()) ?? []];

    private static string[] IssuesOf(string caseId, params ReadOnlySpan<CycleDetail> cycles)
    {
        SortedSet<string> issues = new(StringComparer.Ordinal);
        foreach (CycleDetail cycle in cycles)
        {
            issues.UnionWith(cycle.Issues
                .Where(issue => issue.Sightings.Any(sighting => sighting.CaseId == caseId)).Select(issue => issue.Issue.Id));
        }

        return [.. issues];
    }

    private static IEnumerable<string> UnlinkedIn(CycleDetail cycle)
    {
        HashSet<string> linked =
            [.. cycle.Issues.SelectMany(issue => issue.Sightings).Select(sighting => sighting.Attempt.ExecutionId)];
        return cycle.Executions
            .Where(execution => execution.IsInScope && execution.Verdict == Verdict.Failed && !linked.Contains(execution.Execution.Id))
            .Select(execution => $"{cycle.Cycle.Id} {execution.Execution.CaseId}");
    }

    private IEnumerable<string> BlockersOf()
    {
        if (First.Cycle.Id == Second.Cycle.Id)
        {
            yield return $"{First.Cycle.Id} is held against itself: two complete cycles are needed";
        }

        foreach (CycleDetail cycle in (CycleDetail[])[First, Second])
        {
            if (cycle.Cycle.State != CycleState.Complete)
            {
                string executed = string.Create(CultureInfo.InvariantCulture, $"{cycle.Rate.Executed} of {cycle.Rate.InScope}");
                yield return $"{cycle.Cycle.Id} is {cycle.Cycle.State}, not a complete cycle: executed {executed}";
            }
        }

        if (BaselineDifferences.Count > 0)
        {
            yield return "pack, harness or firmware changed between the two";
        }

        if (NeedsExplanation && Explanations.Count == 0)
        {
            yield return $"the rates differ by one percentage point or more and no explanation is recorded; {ExplainCommand} records one";
        }

        if (Unlinked.Count > 0)
        {
            yield return $"failed without a Testing Issue: {string.Join(", ", Unlinked)}";
        }
    }
}
