using System.Globalization;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Assurance.Regression;
using DeviceHarness.Assurance.Thresholds;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>What cycles were run for, and regression, as clients see them.</summary>
internal static class RegressionMapping
{
    /// <summary>What a client says that a cycle is for.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: no such set or kind of installation, or a name that is too long.</exception>
    public static CyclePurpose ToDomain(V1.CyclePurpose? purpose)
    {
        if (purpose is null)
        {
            return CyclePurpose.None;
        }

        (CycleKind kind, InstallationType installation) = ((CycleKind)purpose.Kind, (InstallationType)purpose.Installation);
        return System.Enum.IsDefined(kind) && System.Enum.IsDefined(installation) && purpose.Dmc.Length <= CyclePurpose.MaximumText
            ? new CyclePurpose(kind, new EntryScope(purpose.Dmc.Trim(), installation))
            : throw new RpcException(new Status(
                StatusCode.InvalidArgument,
                $"set {(int)kind}, installation {(int)installation}: there is no such, or the combination has more than "
                + $"{CyclePurpose.MaximumText} characters"));
    }

    /// <summary>What a cycle was run for.</summary>
    public static V1.CyclePurpose ToContract(CyclePurpose purpose) => new()
    {
        Kind = (V1.CycleKind)purpose.Kind,
        Dmc = purpose.Scope.Dmc,
        Installation = (V1.InstallationType)purpose.Scope.Installation,
        Text = purpose.ToString(),
    };

    /// <summary>How a set of a phase went.</summary>
    public static V1.PhaseRate ToContract(PhaseRate phase)
    {
        V1.PhaseRate message = new()
        {
            PackKind = phase.PackKind,
            Kind = (V1.CycleKind)phase.Kind,
            Cycles = phase.Cycles,
            InScope = phase.Rate.InScope,
            Executed = phase.Rate.Executed,
            Passed = phase.Rate.Passed,
        };
        if (phase.Rate is { ExecutedPercent: { } executed, PassedPercent: { } passed })
        {
            (message.ExecutedPercent, message.PassedPercent) = (executed, passed);
        }

        return message;
    }

    /// <summary>The standard regression pack.</summary>
    public static V1.RegressionPack ToContract(RegressionPack pack)
    {
        V1.RegressionPack message = new() { Name = pack.Name, Version = pack.Version };
        message.Packs.AddRange(pack.Packs);
        return message;
    }

    /// <summary>Where a combination stands.</summary>
    public static V1.RegressionStanding ToContract(RegressionStanding standing)
    {
        V1.RegressionStanding message = new() { Dmc = ToContract(standing.Dmc), Verdict = standing.Verdict.ToString() };
        message.Why.AddRange(standing.Why);
        message.Runs.AddRange(standing.Runs.Select(run => run.Cycle.Id));
        message.Partial.AddRange(standing.Credits.Select(ToContract));
        message.Conditions.AddRange(standing.Conditions.Select(ToContract));
        return message;
    }

    /// <summary>What a release asks for.</summary>
    public static V1.RegressionPlan ToContract(RegressionPlan plan)
    {
        V1.RegressionPlan message = new() { Release = ToContract(plan.Release), FoundIn = plan.FoundIn };
        message.Dmcs.AddRange(plan.Dmcs);
        message.Others.AddRange(plan.Others);
        return message;
    }

    /// <summary>A combination as a person states it; checked by the store.</summary>
    public static DmcDefinition ToDomain(V1.Dmc stated) => new(
        stated.Id.Trim(), stated.Cohort.Trim(), [.. stated.Components.Select(name => name.Trim()).Distinct()])
    {
        Eligible =
        [
            .. stated.Eligible.Select(firmware => new EligibleFirmware(firmware.DeviceType.Trim(), firmware.Version.Trim())).Distinct(),
        ],
    };

    /// <summary>Which test is proposed after a firmware change.</summary>
    public static V1.TestProposal ToContract(TestProposal proposal)
    {
        V1.TestProposal message = new()
        {
            Test = (V1.ProposedTest)((int)proposal.Test + 1),
            Name = proposal.TestName,
            Rule = proposal.Rule,
            Why = proposal.Why,
            Dmc = proposal.Dmc,
            Text = proposal.ToString(),
        };
        message.Changes.AddRange(proposal.Changes.Select(change => new V1.FirmwareChange
        {
            Device = change.Device,
            DeviceType = change.DeviceType,
            From = change.From,
            To = change.To,
        }));
        return message;
    }

    private static V1.Dmc ToContract(DmcDefinition dmc)
    {
        V1.Dmc message = new() { Id = dmc.Id, Cohort = dmc.Cohort };
        message.Components.AddRange(dmc.Components);
        message.Eligible.AddRange(dmc.Eligible.Select(firmware => new V1.EligibleFirmware
        {
            DeviceType = firmware.DeviceType,
            Version = firmware.Version,
        }));
        return message;
    }

    private static V1.RegressionCondition ToContract(RegressionCondition condition)
    {
        V1.RegressionCondition message = new() { Release = ToContract(condition.Release), Open = condition.IsOpen };
        message.DischargedBy.AddRange(condition.DischargedBy);
        return message;
    }

    private static V1.ComponentRelease ToContract(ComponentRelease release) => new()
    {
        Component = release.Component,
        Version = release.Version,
        ChangesCode = release.ChangesCode,
        IssueId = release.IssueId,
        Who = release.Who,
        Reason = release.Reason,
        Time = Timestamp.FromDateTimeOffset(release.Time),
    };

    private static V1.RegressionCredit ToContract(RegressionCredit credit) => new()
    {
        Dmc = credit.Dmc,
        Campaign = credit.Campaign,
        Scope = credit.Scope,
        RunOn = credit.RunOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Who = credit.Who,
        Reason = credit.Reason,
        Time = Timestamp.FromDateTimeOffset(credit.Time),
    };
}
