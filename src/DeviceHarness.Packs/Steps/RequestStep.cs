using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Sends one DUIS Service Request and holds what comes back against its expectations.</summary>
public sealed class RequestStep : PackStep
{
    /// <summary>The key that makes the step.</summary>
    public const string Key = "request";

    /// <summary>What to send.</summary>
    public required RequestTemplate Request { get; init; }

    /// <summary>What is expected.</summary>
    public required ServiceExpectation Expectation { get; init; }

    /// <summary>What is kept for later steps.</summary>
    public required IReadOnlyList<Capture> CaptureList { get; init; }

    /// <inheritdoc/>
    public override string Kind => Key;

    /// <inheritdoc/>
    public override IEnumerable<string> DeviceRoles => Request.Target is null ? [Request.DeviceRole] : [];

    /// <inheritdoc/>
    public override IEnumerable<string> Captures => CaptureList.Select(capture => capture.Name);

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => Request.ServiceReferenceVariant;

    /// <inheritdoc/>
    public override bool IsUnsafe => Request.IsCritical;

    /// <inheritdoc/>
    public override bool TouchesDevice => Expectation.ReachesDevice;

    /// <inheritdoc/>
    public override async ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (Request.PowerCut is not { } cut)
        {
            return await SendAsync(context, cancellationToken).ConfigureAwait(false);
        }

        PowerCutter cutter = new(context, Request.DeviceRole, cut, cancellationToken);
        using IDisposable? hook = context.Bench.OnFirmware(context.DeviceOf(Request.DeviceRole).Id, cutter);
        StepReport report;
        try
        {
            report = await SendAsync(context, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await cutter.EndAsync().ConfigureAwait(false);
        }

        return cutter.Conclude(report);
    }

    private async Task<StepReport> SendAsync(StepContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset started = context.Time.GetUtcNow();
        RequestTrace trace = Compose(context, started);
        ServiceExchange exchange;
        try
        {
            if (Request.LosesResponse)
            {
                context.Bench.Service.LoseResponseTo(trace.Id);
            }

            exchange = await context.Bench.Service.SendAsync(trace.Xml, Request.Path, Request.Delivery, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DuisFormatException refusal)
        {
            return ReportRefusal(trace with { Refusal = refusal }, context);
        }

        // 11.1 is acknowledged with a code of its own; what is answered was accepted all the same.
        if (exchange.Acknowledgement.ResponseCode == ResponseCodes.Acknowledged || exchange.Response is not null)
        {
            context.Accept(new AcceptedRequest(trace.Id, Request.ServiceReferenceVariant) { Step = Number, Trace = trace });
        }

        return RequestJudgement.Report(trace, exchange, started, Expectation, CaptureList, context);
    }

    private RequestTrace Compose(StepContext context, DateTimeOffset now)
    {
        Eui64 user = context.Bench.UserOf(Request.Role);
        Eui64 target = Request.Target is null ? context.DeviceOf(Request.DeviceRole).Eui64 : Request.TargetEui64(context.Variables);
        RequestId id = context.Counters.Next(user, target, now);
        context.Variables.SetRequest(id);
        string xml = Request.Compose(id, context.Variables, context.Bench.DuisVersionOf(user));
        return new RequestTrace(
            id, xml, Request.ServiceReferenceVariant, Request.Xml is null ? Request.CommandVariant : null, Request.Role,
            user.ToString(), target.ToString())
        {
            Delivery = Request.Delivery,
        };
    }

    private StepReport ReportRefusal(RequestTrace trace, StepContext context)
    {
        IReadOnlyList<ExpectationResult>? results = Expectation.Evaluate(trace.Refusal!, context.Variables);
        if (results is null)
        {
            string reason = $"the service refused the request as malformed: {trace.Refusal!.Message}";
            return new StepReport(Symptom.RequestMalformed, reason) { Request = trace };
        }

        ExpectationResult? missed = results.FirstOrDefault(result => !result.IsMet);
        return missed is null
            ? StepReport.Done with { Request = trace, Expectations = results }
            : new StepReport(Symptom.ExpectationMissed, RequestJudgement.Describe(missed)) { Request = trace, Expectations = results };
    }
}
