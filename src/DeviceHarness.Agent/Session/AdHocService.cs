using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Evidence;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Session;

/// <summary>Answers Service Requests that come outside any pack (<c>harness send</c>).</summary>
/// <remarks>They share the devices with running cases: each waits for its device, as a request of a case does.</remarks>
internal sealed class AdHocService
{
    /// <summary>The most requests at once; more are refused at once rather than queued without bound.</summary>
    public const int MaximumRequests = 16;

    private readonly IServiceRequestPort _port;
    private readonly IReadOnlyCollection<string> _secrets;
    private readonly ILogger _log;
    private readonly CancellationToken _stopping;
    private int _running;

    /// <summary>Creates the service.</summary>
    /// <param name="port">Where requests go.</param>
    /// <param name="secrets">The rig's secrets: no error and no warning holds one.</param>
    /// <param name="log">The agent's log.</param>
    /// <param name="stopping">Ends all requests.</param>
    public AdHocService(
        IServiceRequestPort port, IReadOnlyCollection<string> secrets, ILogger log, CancellationToken stopping)
    {
        _port = port;
        _secrets = secrets;
        _log = log;
        _stopping = stopping;
    }

    /// <summary>Begins to answer a request; the answer goes out by <paramref name="send"/>.</summary>
    public void Begin(AdHocRequest request, Func<AdHocAnswer, Task> send) => _ = AnswerAsync(request, send);

    private async Task AnswerAsync(AdHocRequest request, Func<AdHocAnswer, Task> send)
    {
        await Task.Yield();
        try
        {
            bool isAdmitted = Interlocked.Increment(ref _running) <= MaximumRequests;
            AdHocAnswer answer = isAdmitted
                ? await AskAsync(request).ConfigureAwait(false)
                : Fault(request, "AGENT-001", $"{MaximumRequests} requests are under way on this rig; try again when one has ended");
            await send(answer).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The edge of the request: its asker is gone, or the agent stops. The session reports the stream's own end.
            AgentLog.AdHocFailed(_log, request.RequestId, exception);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task<AdHocAnswer> AskAsync(AdHocRequest request)
    {
        SecretText secrets = new();
        secrets.Learn(_secrets);
        secrets.LearnXml(request.RequestXml);
        try
        {
            ServiceExchange exchange = await _port.SendAsync(request.RequestXml, _stopping).ConfigureAwait(false);
            AdHocAnswer answer = new()
            {
                RequestId = request.RequestId,
                AcknowledgementXml = exchange.Acknowledgement.Xml,
                ResponseXml = exchange.Response?.Xml ?? string.Empty,
                DccAlertXml = exchange.Response?.DccAlert?.Xml ?? string.Empty,
                Latency = EventMapping.ToWire(exchange.Latency),
            };
            answer.Warnings.AddRange(
                exchange.Warnings.Concat(DeviceWords(exchange.Outcome)).Select(warning => secrets.Redact(warning)));
            return answer;
        }
        catch (DuisFormatException exception)
        {
            return Fault(request, "DUIS-001", secrets.Redact(exception.Message));
        }
        catch (HarnessException exception)
        {
            return Fault(request, exception.Code, secrets.Redact(exception.Message));
        }
    }

    /// <summary>What the device or its driver said that the response has no place for; of a refusal the response tells itself.</summary>
    private static IEnumerable<string> DeviceWords(DeviceOutcome? outcome) =>
        outcome is { Kind: not DeviceOutcomeKind.Refused, Detail.Length: > 0 } ? [$"the device: {outcome.Detail}"] : [];

    private static AdHocAnswer Fault(AdHocRequest request, string code, string message) =>
        new() { RequestId = request.RequestId, ErrorCode = code, Error = message };
}
