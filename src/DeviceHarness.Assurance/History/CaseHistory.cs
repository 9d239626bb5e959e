using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.History;

/// <summary>What one case did over several cycles: every attempt, and how steady it is on each device and firmware.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Attempts">Its attempts, those of the newest cycle first, each cycle's by rising number.</param>
/// <param name="Groups">The attempts by device, firmware and pack text, in the order of the attempts.</param>
public sealed record CaseHistory(string CaseId, IReadOnlyList<CaseAttempt> Attempts, IReadOnlyList<CaseSteadiness> Groups)
{
    /// <summary>Takes the history of a case.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="cycles">The cycles, newest first.</param>
    /// <param name="device">Only attempts on devices whose rig-file name, identifier or profile is this; empty for all.</param>
    /// <param name="firmware">Only attempts on devices with this firmware; empty for all.</param>
    public static CaseHistory Of(string caseId, IEnumerable<CycleDetail> cycles, string device, string firmware)
    {
        ArgumentNullException.ThrowIfNull(cycles);
        CaseAttempt[] attempts =
        [
            .. from cycle in cycles
               from execution in cycle.Executions
               where execution.Execution.CaseId == caseId
               from attempt in execution.Attempts
               let one = AttemptOf(cycle, execution, attempt)
               where device.Length == 0 || one.Devices.Any(each => IsNamed(each, device))
               where firmware.Length == 0 || one.Devices.Any(each => each.Inventory.FirmwareVersion == firmware)
               select one,
        ];
        return new CaseHistory(caseId, attempts,
        [
            .. attempts.GroupBy(attempt => (attempt.DeviceText, attempt.FirmwareText, attempt.PackHash))
                .Select(group => new CaseSteadiness(
                    group.Key.DeviceText, group.Key.FirmwareText, group.Key.PackHash,
                    group.Count(attempt => attempt.IsCounted && attempt.Verdict == Verdict.Passed),
                    group.Count(attempt => attempt.IsCounted && attempt.Verdict == Verdict.Failed),
                    group.Count(attempt => !attempt.IsCounted || !attempt.Verdict.IsConclusive()))),
        ]);
    }

    private static CaseAttempt AttemptOf(CycleDetail cycle, ExecutionHistory execution, Attempt attempt) => new()
    {
        CycleId = cycle.Cycle.Id,
        PackName = cycle.Cycle.PackName,
        PackHash = cycle.Cycle.PackHash,
        Rig = cycle.RigOf(attempt),
        Number = attempt.Key.Number,
        Devices = CaseConditions.On(cycle, attempt).Devices,
        Verdict = attempt.Verdict,
        Reason = attempt.Reason,
        Started = attempt.Started,
        Elapsed = attempt.Elapsed,
        IsDeciding = ReferenceEquals(execution.Deciding, attempt),
        IsCounted = attempt is { HasEnded: true, IsSuperseded: false } && cycle.Cycle.State != CycleState.Void,
    };

    private static bool IsNamed(DeviceBaseline device, string name) =>
        device.Device.Id.Value == name || device.Device.Profile == name
        || string.Equals(device.Device.Eui64.ToString(), name, StringComparison.OrdinalIgnoreCase);
}
