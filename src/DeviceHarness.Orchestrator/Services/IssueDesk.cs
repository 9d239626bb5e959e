using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Reports;
using DeviceHarness.Assurance.Thresholds;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Store;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Shows Testing Issues and takes people's decisions on them.</summary>
internal sealed class IssueDesk(RigDeskServices services)
{
    /// <summary>The longest text that a person may give, in characters.</summary>
    public const int MaximumText = 2_000;

    private static readonly Dictionary<string, IssueState> States =
        System.Enum.GetValues<IssueState>().ToDictionary(state => state.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists issues.</summary>
    public async Task<V1.ListIssuesReply> ListAsync(V1.ListIssuesRequest request, CancellationToken cancellationToken)
    {
        V1.ListIssuesReply reply = new();
        reply.Issues.AddRange((await services.Store.ListIssuesAsync(cancellationToken).ConfigureAwait(false))
            .Where(issue => request.All || IssueLifecycle.IsOpen(issue.State)).Select(IssueMapping.ToContract));
        return reply;
    }

    /// <summary>Shows one issue.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no such issue.</exception>
    public async Task<V1.IssueDetail> ShowAsync(string id, CancellationToken cancellationToken)
    {
        IssueDetail detail = await services.Store.GetIssueAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw NotFound($"no issue '{id}'; 'harness issues --all' lists them");
        FailingExchange? exchange = detail.Sightings.Count == 0
            ? null
            : await ExchangeOfAsync(detail.Sightings[0], cancellationToken).ConfigureAwait(false);
        return IssueMapping.ToContract(detail, exchange);
    }

    /// <summary>Takes a person's decision.</summary>
    /// <exception cref="RpcException">NOT_FOUND, INVALID_ARGUMENT, or FAILED_PRECONDITION: the state does not allow it.</exception>
    public async Task<V1.IssueDetail> ConfirmAsync(V1.ConfirmIssueRequest request, CancellationToken cancellationToken)
    {
        IssueState? state = null;
        if (request.State.Length > 0)
        {
            state = States.TryGetValue(request.State, out IssueState found)
                ? found
                : throw Invalid($"'{request.State}' is no state; allowed: {string.Join(", ", States.Keys)}");
        }

        if (request.Severity is < 0 or > 5)
        {
            throw Invalid($"severity {request.Severity}; allowed: 1 to 5, or 0 to leave it");
        }

        IssueDecision decision = new(request.Id, Text(request.Who, "who"), Text(request.Forum, "forum"), Text(request.Reason, "reason"))
        {
            Severity = request.Severity == 0 ? null : request.Severity,
            State = state,
            CauseKnown = request.HasCauseKnown ? request.CauseKnown : null,
            WorkaroundAccepted = request.HasWorkaroundAccepted ? request.WorkaroundAccepted : null,
            Harm = request.HasHarm ? request.Harm : null,
            Unrecoverable = request.HasUnrecoverable ? request.Unrecoverable : null,
            Spread = request.HasSpread ? Known((Spread)request.Spread, "spread") : null,
            Departure = request.HasDeparture ? Known((Departure)request.Departure, "departure") : null,
            Dmc = request.HasDmc ? Text(request.Dmc, "dmc") : null,
            Installation = request.HasInstallation ? Known((InstallationType)request.Installation, "installation type") : null,
            IsCounted = request.HasCounted ? request.Counted : null,
            EarlierPhase = request.HasEarlierPhase ? Text(request.EarlierPhase, "earlier phase") : null,
            ProductionDefect = request.HasProductionDefect ? Text(request.ProductionDefect, "production defect") : null,
        };
        if (decision == new IssueDecision(decision.IssueId, decision.Who, decision.Forum, decision.Reason))
        {
            throw Invalid("nothing to change: give a severity, a state, a fact, a limit or whether it counts");
        }

        IssueAnswer answer =
            await services.Store.DecideIssueAsync(decision, services.Now, cancellationToken).ConfigureAwait(false);
        return await AnsweredAsync(answer, request.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Links an issue with another, or with a failed attempt.</summary>
    /// <exception cref="RpcException">NOT_FOUND, INVALID_ARGUMENT, or FAILED_PRECONDITION: the state does not allow it.</exception>
    public async Task<V1.IssueDetail> LinkAsync(V1.LinkIssueRequest request, CancellationToken cancellationToken)
    {
        (string who, string forum, string reason) =
            (Text(request.Who, "who"), Text(request.Forum, "forum"), Text(request.Reason, "reason"));
        IssueAnswer answer = request.ToCase switch
        {
            V1.LinkIssueRequest.ToOneofCase.DuplicateOf => await services.Store.DecideIssueAsync(
                new IssueDecision(request.Id, who, forum, reason) { DuplicateOf = request.DuplicateOf }, services.Now, cancellationToken)
                .ConfigureAwait(false),
            V1.LinkIssueRequest.ToOneofCase.Attempt => await services.Store.LinkIssueAsync(
                new IssueLink(
                    request.Id, request.Attempt.CycleId, request.Attempt.CaseId,
                    request.Attempt.Attempt == 0 ? null : request.Attempt.Attempt, who, reason),
                services.Now, cancellationToken).ConfigureAwait(false),
            _ => throw Invalid("nothing to link with: give an issue or a failed attempt"),
        };
        return await AnsweredAsync(answer, request.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The issues of a cycle with the octets of their first sightings.</summary>
    public async Task<CycleDetail> WithExchangesAsync(CycleDetail detail, CancellationToken cancellationToken)
    {
        List<CycleIssue> issues = new(detail.Issues.Count);
        foreach (CycleIssue issue in detail.Issues)
        {
            FailingExchange? exchange = issue.Sightings.Count == 0
                ? null
                : await ExchangeOfAsync(issue.Sightings[0], cancellationToken).ConfigureAwait(false);
            issues.Add(issue with { Exchange = exchange });
        }

        return detail with { Issues = issues };
    }

    private static string Text(string text, string name) => text.Length <= MaximumText
        ? text.Trim()
        : throw Invalid($"{name} has {text.Length} characters; at most {MaximumText}");

    private static T Known<T>(T value, string name)
        where T : struct, System.Enum => System.Enum.IsDefined(value) ? value : throw Invalid($"{value} is no {name}");

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));

    private static RpcException NotFound(string detail) => new(new Status(StatusCode.NotFound, detail));

    private async Task<V1.IssueDetail> AnsweredAsync(IssueAnswer answer, string id, CancellationToken cancellationToken) => answer switch
    {
        { IsFound: false } => throw NotFound(answer.Refusal),
        { Refusal.Length: > 0 } => throw new RpcException(new Status(StatusCode.FailedPrecondition, answer.Refusal)),
        _ => await ShowAsync(id, cancellationToken).ConfigureAwait(false),
    };

    private async Task<FailingExchange?> ExchangeOfAsync(IssueSighting sighting, CancellationToken cancellationToken)
    {
        EvidenceBlob? evidence = sighting.EvidenceSha256.Length == 0
            ? null
            : await services.Store.GetEvidenceAsync(sighting.EvidenceSha256, cancellationToken).ConfigureAwait(false);
        return evidence is null ? null : EvidenceExchange.Find(evidence.Content, sighting.Step);
    }
}
