using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Duis.Service;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Session;

/// <summary>Answers Service Requests that come outside any pack (<c>harness send</c>).</summary>
/// <remarks>They share the devices with running cases: each waits for its device, as a request of a case does.</remarks>
internal sealed class AdHocService
{
    /// <summary>The most requests at once; more are refused at once rather than queued without bound.</summary>
    public const int MaximumRequests = 16;

    private readonly IServiceRequestPort _port;
    private readonly ILogger _log;
    private readonly CancellationToken _stopping;
    private int _running;

    public AdHocService(IServiceRequestPort port, ILogger log, CancellationToken stopping)
    {
        _port = port;
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
        try
        {
            ServiceExchange exchange = await _port.SendAsync(request.RequestXml, _stopping).ConfigureAwait(false);
            AdHocAnswer answer = new()
            {
                RequestId = request.RequestId,
                AcknowledgementXml = exchange.Acknowledgement.Xml,
                ResponseXml = exchange.Response?.Xml ?? string.Empty,
                Latency = EventMapping.ToWire(exchange.Latency),
            };
            answer.Warnings.AddRange(exchange.Warnings);
            return answer;
        }
        catch (DuisFormatException exception)
        {
            return Fault(request, "DUIS-001", exception.Message);
        }
        catch (HarnessException exception)
        {
            return Fault(request, exception.Code, exception.Message);
        }
    }

    private static AdHocAnswer Fault(AdHocRequest request, string code, string message) =>
        new() { RequestId = request.RequestId, ErrorCode = code, Error = message };
}
