using System.Globalization;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Regression;
using DeviceHarness.Assurance.Thresholds;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Packs.Library;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Says whether regression still stands, and takes what people say towards it.</summary>
internal sealed class RegressionDesk(RigDeskServices services)
{
    private static readonly RegressionPack Standard =
        new(RegressionLibrary.Name, RegressionLibrary.Version, RegressionLibrary.Names);

    /// <summary>Where every combination stands, and what each release with a code change asks for.</summary>
    public async Task<V1.GetRegressionReply> ShowAsync(bool isRehearsal, CancellationToken cancellationToken)
    {
        RegressionRecord record = await services.Store.ReadRegressionAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<TestingIssue> issues = await services.Store.ListIssuesAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> foundIn = issues.ToDictionary(issue => issue.Id, issue => issue.Standing.Dmc, StringComparer.Ordinal);
        ThresholdBasis basis = isRehearsal ? ThresholdBasis.Rehearsal : ThresholdBasis.Evidence;
        V1.GetRegressionReply reply = new() { Rehearsal = isRehearsal, Pack = RegressionMapping.ToContract(Standard) };
        reply.Pack.Hash = RegressionLibrary.Hash;
        reply.Standings.AddRange(record.Dmcs.Select(dmc =>
            RegressionMapping.ToContract(RegressionStanding.Of(dmc, record, Standard, basis))));
        reply.Plans.AddRange(record.Releases.Reverse().Where(release => release.ChangesCode).Select(release =>
            RegressionMapping.ToContract(RegressionPlan.Of(
                release, foundIn.GetValueOrDefault(release.IssueId, string.Empty), record.Dmcs))));
        return reply;
    }

    /// <summary>A cycle with where regression of its combination stood at a moment.</summary>
    /// <param name="detail">The cycle.</param>
    /// <param name="at">The moment; null for now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<CycleDetail> WithStandingAsync(CycleDetail detail, Timestamp? at, CancellationToken cancellationToken)
    {
        RegressionRecord record = await services.Store.ReadRegressionAsync(cancellationToken).ConfigureAwait(false);
        ThresholdBasis basis =
            ProvenanceRule.IsEvidence(detail.Cycle.Provenance) ? ThresholdBasis.Evidence : ThresholdBasis.Rehearsal;
        DmcDefinition? dmc = record.Dmcs.FirstOrDefault(stated => stated.Id == detail.Cycle.Purpose.Scope.Dmc);
        RegressionRecord then = at is null ? record : record.At(at.ToDateTimeOffset());
        return detail with { Regression = dmc is null ? null : RegressionStanding.Of(dmc, then, Standard, basis) };
    }

    /// <summary>How each set of each phase went.</summary>
    public async Task<V1.GetPhasesReply> PhasesAsync(CancellationToken cancellationToken)
    {
        RegressionRecord record = await services.Store.ReadRegressionAsync(cancellationToken).ConfigureAwait(false);
        V1.GetPhasesReply reply = new();
        reply.Phases.AddRange(PhaseRate.Of(record.Cycles).Select(RegressionMapping.ToContract));
        return reply;
    }

    /// <summary>Says what a cycle was run for.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or INVALID_ARGUMENT.</exception>
    public async Task<V1.CyclePurpose> MarkAsync(V1.MarkCycleRequest request, CancellationToken cancellationToken)
    {
        CycleMark mark = new(
            request.CycleId, RegressionMapping.ToDomain(request.Purpose), request.Who.Trim(), request.Reason.Trim());
        Require(await services.Store.MarkCycleAsync(mark, services.Now, cancellationToken).ConfigureAwait(false));
        return RegressionMapping.ToContract(mark.Purpose);
    }

    /// <summary>States a combination.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public async Task<V1.GetRegressionReply> StateAsync(V1.StateDmcRequest request, CancellationToken cancellationToken)
    {
        DmcDefinition dmc = RegressionMapping.ToDomain(request.Dmc ?? new V1.Dmc());
        Require(await services.Store.StateDmcAsync(dmc, request.Who.Trim(), request.Reason.Trim(), services.Now, cancellationToken)
            .ConfigureAwait(false));
        return await ShowAsync(isRehearsal: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records a release.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or INVALID_ARGUMENT.</exception>
    public async Task<V1.GetRegressionReply> ReleaseAsync(V1.RecordReleaseRequest request, CancellationToken cancellationToken)
    {
        V1.ComponentRelease stated = request.Release ?? new V1.ComponentRelease();
        ComponentRelease release = new(
            stated.Component.Trim(), stated.Version.Trim(), stated.ChangesCode, stated.IssueId, stated.Who.Trim(), stated.Reason.Trim(),
            services.Now);
        Require(await services.Store.AddReleaseAsync(release, cancellationToken).ConfigureAwait(false));
        return await ShowAsync(isRehearsal: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Credits what another campaign ran.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or INVALID_ARGUMENT.</exception>
    public async Task<V1.GetRegressionReply> CreditAsync(V1.CreditRegressionRequest request, CancellationToken cancellationToken)
    {
        V1.RegressionCredit stated = request.Credit ?? new V1.RegressionCredit();
        if (!DateOnly.TryParseExact(stated.RunOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly runOn))
        {
            throw Invalid($"'{stated.RunOn}' is no day such as 2020-03-12");
        }

        RegressionCredit credit = new(
            stated.Dmc, stated.Campaign.Trim(), stated.Scope.Trim(), runOn, stated.Who.Trim(), stated.Reason.Trim(), services.Now);
        Require(await services.Store.AddRegressionCreditAsync(credit, cancellationToken).ConfigureAwait(false));
        return await ShowAsync(isRehearsal: false, cancellationToken).ConfigureAwait(false);
    }

    private static void Require(IssueAnswer answer)
    {
        if (answer != IssueAnswer.Done)
        {
            throw answer.IsFound ? Invalid(answer.Refusal) : new RpcException(new Status(StatusCode.NotFound, answer.Refusal));
        }
    }

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));
}
