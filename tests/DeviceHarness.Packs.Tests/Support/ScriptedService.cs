using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>A service that gives the next scripted answer to each request; an unscripted request is answered as by a healthy
/// device.</summary>
internal sealed class ScriptedService(ListWireLog wire) : IServiceRequestPort
{
    private readonly Queue<Func<string, CancellationToken, Task<ServiceExchange>>> _answers = new();

    public List<string> Requests { get; } = [];

    /// <summary>What happens when a request arrives, before its answer.</summary>
    public Action<string> Arriving { get; set; } = _ => { };

    public ListWireLog Wire { get; } = wire;

    /// <summary>What the log says of a request; null while it shows none.</summary>
    public Func<RequestId, RequestStatus?> Status { get; set; } = _ => null;

    public RequestStatus? StatusOf(RequestId requestId) => Status(requestId);

    /// <summary>What is answered later; null when nothing is.</summary>
    public Func<RequestId, ServiceExchange?> Later { get; set; } = _ => null;

    /// <summary>What a decision about a quarantined request causes.</summary>
    public Func<RequestId, QuarantineDecision, ServiceExchange?> Decide { get; set; } = (_, _) => null;

    public Task<ServiceExchange?> AnswerToAsync(RequestId requestId, TimeSpan within, CancellationToken cancellationToken) =>
        Task.FromResult(Later(requestId));

    public Task<ServiceExchange?> DecideAsync(
        RequestId requestId, QuarantineDecision decision, CancellationToken cancellationToken) =>
        Task.FromResult(Decide(requestId, decision));

    public ScriptedService Then(Func<string, CancellationToken, Task<ServiceExchange>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public ScriptedService Then(ServiceExchange answer) => Then((xml, _) => Task.FromResult(answer with { RequestXml = xml }));

    public ScriptedService Then(Exception exception) => Then((_, _) => Task.FromException<ServiceExchange>(exception));

    public async Task<ServiceExchange> SendAsync(string requestXml, CancellationToken cancellationToken)
    {
        Requests.Add(requestXml);
        Arriving(requestXml);
        return _answers.TryDequeue(out Func<string, CancellationToken, Task<ServiceExchange>>? answer)
            ? await answer(requestXml, cancellationToken)
            : Answer() with { RequestXml = requestXml };
    }

    /// <summary>An exchange in which the device answered.</summary>
    public static ServiceExchange Answer(bool? success = null, params (string Path, string Value)[] values)
    {
        TestBody body = new(values.ToDictionary(value => value.Path, value => value.Value)) { MessageSuccess = success };
        return Exchange("I99", "I0", new DeviceOutcome(DeviceOutcomeKind.Done, body, string.Empty, DeviceCode: null,
            LinkAnswersProbe: null), body);
    }

    /// <summary>An exchange that the service refused.</summary>
    public static ServiceExchange Refusal(string code) => Exchange(code, responseCode: null, outcome: null, body: null);

    /// <summary>An exchange in which the device did not answer.</summary>
    public static ServiceExchange Silence(DeviceOutcomeKind kind, bool? linkAnswersProbe) => Exchange(
        "I99", kind == DeviceOutcomeKind.Unreachable ? "E20" : "E21",
        new DeviceOutcome(kind, Body: null, "nothing came", DeviceCode: null, linkAnswersProbe), body: null);

    public static ServiceExchange Exchange(string acknowledgement, string? responseCode, DeviceOutcome? outcome, SrvResponseBody? body) =>
        new(
        RequestXml: string.Empty,
        new ServiceAnswer(acknowledgement, body: null, $"<Ack>{acknowledgement}</Ack>"),
        responseCode is null ? null : new ServiceAnswer(responseCode, body, $"<Response>{responseCode}</Response>"),
        outcome,
        LatencySplit.None with { Line = TimeSpan.FromMilliseconds(7), Exchanges = 2 },
        Warnings: []);
}

/// <summary>A response body with the values that a test wants.</summary>
internal sealed record TestBody(IReadOnlyDictionary<string, string> Entries) : SrvResponseBody
{
    public override string ElementName => "TestRsp";

    public override IReadOnlyDictionary<string, string> Values => Entries;
}
