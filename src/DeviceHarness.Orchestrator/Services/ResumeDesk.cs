using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Lets a cut cycle go on, on the baseline that it was frozen with.</summary>
internal sealed class ResumeDesk(RigRegistry rigs, RigDeskServices services, CycleSubmission submission)
{
    /// <summary>Queues what never began and what is safe to repeat; what is unsafe only when a person names it.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no such cycle. INVALID_ARGUMENT: no reason, nobody, or a case that the cycle does not
    /// have. FAILED_PRECONDITION: the cycle's state does not allow it, its baseline is another now, or nothing is left to run.</exception>
    public async Task<V1.ResumeCycleReply> ResumeAsync(V1.ResumeCycleRequest request, CancellationToken cancellationToken)
    {
        CycleDetail detail = await services.Store.GetCycleAsync(request.CycleId, cancellationToken).ConfigureAwait(false)
            ?? throw CycleWatch.NoSuchCycle(request.CycleId);
        if (request.Repeat.FirstOrDefault(id => detail.Executions.All(execution => execution.Execution.CaseId != id)) is { } unknown)
        {
            throw Invalid($"the cycle {request.CycleId} has no case '{unknown}'");
        }

        IReadOnlyList<ResumeRow> rows = ResumeRule.Of(detail, request.Repeat);
        V1.ResumeCycleReply reply = new();
        reply.Cases.AddRange(rows.Select(row => new V1.ResumedCase
        {
            CaseId = row.Execution.Execution.CaseId,
            Choice = (V1.ResumeChoice)((int)row.Choice + 1),
            Why = row.Why,
        }));
        await RequireSameAsync(detail.Cycle, cancellationToken).ConfigureAwait(false);
        if (request.PlanOnly)
        {
            return reply;
        }

        CycleResumption resumption = new(request.CycleId, request.Who.Trim(), request.Reason.Trim(), services.Now)
        {
            Cases = [.. rows.Where(row => row.Choice == ResumeChoice.Queued).Select(row => row.Execution.Execution.CaseId)],
        };
        RequireText(resumption.Reason, "a reason", CycleLimits.MaximumReasonCharacters);
        RequireText(resumption.Who, "who resumes it", CycleLimits.MaximumPersonCharacters);
        if (!await services.Store.ResumeCycleAsync(resumption, cancellationToken).ConfigureAwait(false))
        {
            throw Refused(request.CycleId, "nothing is left that may run without a person naming it; --plan shows the cases");
        }

        OrchestratorLog.CycleResumed(services.Logger, request.CycleId, resumption.Cases.Count, resumption.Who, resumption.Reason);
        await rigs.Open(detail.Cycle.Rig).WakeAsync(cancellationToken).ConfigureAwait(false);
        return reply;
    }

    private static void RequireText(string text, string what, int most)
    {
        if (text.Length == 0 || text.Length > most)
        {
            throw Invalid($"to resume a cycle needs {what}, 1 to {most} characters");
        }
    }

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));

    private static RpcException Refused(string cycle, string why) =>
        new(new Status(StatusCode.FailedPrecondition, $"the cycle {cycle} cannot be resumed: {why}"));

    private async Task RequireSameAsync(Cycle cycle, CancellationToken cancellationToken)
    {
        if (ResumeRule.WhyNot(cycle.State) is { Length: > 0 } state)
        {
            throw Refused(cycle.Id, state);
        }

        if (cycle.HarnessVersion != HarnessVersion.Text)
        {
            throw Refused(
                cycle.Id, $"it was frozen by harness {cycle.HarnessVersion}, and this is {HarnessVersion.Text}; run the pack anew");
        }

        if (rigs.Find(cycle.Rig)?.Record is not { } record)
        {
            throw Refused(cycle.Id, $"the rig {cycle.Rig} is not known");
        }

        IReadOnlyList<DeviceBaseline> now = await submission.BaselineAsync(record, cancellationToken).ConfigureAwait(false);
        if (BaselineRule.Difference(cycle.Devices, now) is { } difference)
        {
            throw Refused(cycle.Id, $"{difference.Text}, since it was frozen; run the pack anew");
        }
    }
}
