using DeviceHarness.Assurance.Comparisons;
using Google.Protobuf.WellKnownTypes;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Two cycles held against each other as clients see them.</summary>
internal static class ComparisonMapping
{
    /// <summary>A comparison.</summary>
    public static V1.CycleComparison ToContract(CycleComparison comparison)
    {
        V1.CycleComparison message = new()
        {
            First = comparison.First.Cycle.Id,
            Second = comparison.Second.Cycle.Id,
            FirstRate = comparison.First.Rate.ToString(),
            SecondRate = comparison.Second.Rate.ToString(),
            FirstInterval = comparison.First.Rate.PassedInterval?.ToString() ?? string.Empty,
            SecondInterval = comparison.Second.Rate.PassedInterval?.ToString() ?? string.Empty,
            LikeForLike = comparison.IsLikeForLike,
            NeedsExplanation = comparison.NeedsExplanation,
            ExplainCommand = comparison.ExplainCommand,
            FirstCreated = Timestamp.FromDateTimeOffset(comparison.First.Cycle.Created),
            SecondCreated = Timestamp.FromDateTimeOffset(comparison.Second.Cycle.Created),
            OnCommonDevices = ToContract(comparison.OnCommonDevices),
            Split = ToContract(comparison.Split),
        };
        message.FirstDevices.AddRange(comparison.FirstDevices);
        message.SecondDevices.AddRange(comparison.SecondDevices);
        message.FirstRigs.AddRange(comparison.FirstRigs);
        message.SecondRigs.AddRange(comparison.SecondRigs);
        message.DeviceDifferences.AddRange(comparison.DeviceDifferences);
        message.BaselineDifferences.AddRange(comparison.BaselineDifferences);
        message.Changes.AddRange(comparison.Changes.Select(ToContract));
        message.Explanation.AddRange(comparison.Explanation);
        message.Blockers.AddRange(comparison.Blockers);
        message.Thresholds.AddRange(comparison.Second.Thresholds.Select(ThresholdMapping.ToContract));
        message.Devices.AddRange(comparison.Devices.Select(use => new V1.DeviceUse
        {
            Device = use.Device,
            First = ToContract(use.First),
            Second = ToContract(use.Second),
        }));
        message.Explanations.AddRange(comparison.Explanations.Select(explanation => new V1.DifferenceExplanation
        {
            Text = explanation.Text,
            Who = explanation.Who,
            Time = Timestamp.FromDateTimeOffset(explanation.Time),
        }));
        return message;
    }

    private static V1.RateSplit? ToContract(RateSplit? split)
    {
        if (split is null)
        {
            return null;
        }

        V1.RateSplit message = new()
        {
            Whole = split.Whole.ToString(),
            Points = split.Whole.Points,
            CommonCases = split.Common,
        };
        message.Parts.AddRange(split.Parts.Select(ToContract));
        return message;
    }

    private static V1.DifferencePart ToContract(DifferencePart part)
    {
        V1.DifferencePart message = new()
        {
            Cause = (V1.DifferenceCause)part.Cause,
            Name = part.Name,
            Share = part.Share.ToString(),
            Points = part.Share.Points,
        };
        message.Gained.AddRange(part.Gained);
        message.Lost.AddRange(part.Lost);
        message.OneSided.AddRange(part.OneSided);
        return message;
    }

    private static V1.DeviceTally ToContract(DeviceTally tally) => new()
    {
        Present = tally.IsPresent,
        Firmware = tally.Firmware,
        Passed = tally.Passed,
        Failed = tally.Failed,
        Cases = tally.Cases,
        Text = tally.ToString(),
    };

    private static V1.CommonDevices? ToContract(CommonDevices? common)
    {
        if (common is null)
        {
            return null;
        }

        V1.CommonDevices message = new() { FirstRate = common.First.ToString(), SecondRate = common.Second.ToString() };
        message.Devices.AddRange(common.Devices);
        return message;
    }

    private static V1.CaseChange ToContract(CaseChange change)
    {
        V1.CaseChange message = new() { CaseId = change.CaseId, Title = change.Title, Reason = change.Reason };
        if (change.First is { } first)
        {
            message.First = (V1.Verdict)first;
        }

        if (change.Second is { } second)
        {
            message.Second = (V1.Verdict)second;
        }

        message.Issues.AddRange(change.Issues);
        message.FirstDevices.AddRange(change.FirstDevices);
        message.SecondDevices.AddRange(change.SecondDevices);
        message.Causes.AddRange(change.Causes.Select(cause => (V1.DifferenceCause)cause));
        return message;
    }
}
