using DeviceHarness.Assurance.Alerts;
using DeviceHarness.Assurance.History;
using Google.Protobuf.WellKnownTypes;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>The history of a case and the alerts of rigs as clients see them.</summary>
internal static class HistoryMapping
{
    /// <summary>A history.</summary>
    public static V1.CaseHistory ToContract(CaseHistory history)
    {
        V1.CaseHistory message = new() { CaseId = history.CaseId };
        message.Attempts.AddRange(history.Attempts.Select(attempt => new V1.CaseAttempt
        {
            CycleId = attempt.CycleId,
            PackName = attempt.PackName,
            PackHash = attempt.PackHash,
            Rig = attempt.Rig,
            Number = attempt.Number,
            Devices = attempt.DeviceText,
            Firmware = attempt.FirmwareText,
            Verdict = (V1.Verdict)attempt.Verdict,
            Reason = attempt.Reason,
            Started = WireTime.ToTimestamp(attempt.Started),
            Elapsed = Duration.FromTimeSpan(attempt.Elapsed),
            Deciding = attempt.IsDeciding,
            Counted = attempt.IsCounted,
        }));
        message.Groups.AddRange(history.Groups.Select(group => new V1.CaseSteadiness
        {
            Devices = group.Devices,
            Firmware = group.Firmware,
            PackHash = group.PackHash,
            Passed = group.Passed,
            Failed = group.Failed,
            Others = group.Others,
            Flaky = group.IsFlaky,
            Interval = group.Interval?.ToString() ?? string.Empty,
        }));
        return message;
    }

    /// <summary>The alerts of a rig.</summary>
    public static V1.AlertObservation ToContract(AlertObservation one)
    {
        V1.AlertObservation message = new()
        {
            Rig = one.Rig,
            Installations = one.Installations,
            From = Timestamp.FromDateTimeOffset(one.From),
            To = Timestamp.FromDateTimeOffset(one.To),
            Expected = one.Expected,
            Missing = one.Missing,
            Late = one.Late,
            Duplicates = one.Duplicates,
            Unexplained = one.Unexplained,
            Between = one.Between,
            Before = one.Before,
            LeftOut = one.LeftOut,
            Told = one.Told,
            InstallationDays = one.InstallationDays,
            LiveRate = AlertObservation.LiveRate,
            WatchLevel = one.WatchLevel,
            Judged = one.IsJudged,
            AboveWatch = one.IsAboveWatch,
            Text = one.Text,
        };
        if (one.Rate is { } rate)
        {
            message.Rate = rate;
        }

        message.Traffic.AddRange(one.Traffic.Select(ToContract));
        return message;
    }

    private static V1.AlertTraffic ToContract(AlertTraffic one)
    {
        V1.AlertTraffic message = new()
        {
            Device = one.Device,
            Code = one.Code,
            Told = one.Told,
            Expected = one.Expected,
            Late = one.Late,
            Duplicates = one.Duplicates,
            Unexplained = one.Unexplained,
            Between = one.Between,
        };
        if (one.PerDay is { } perDay)
        {
            message.PerDay = perDay;
        }

        return message;
    }
}
