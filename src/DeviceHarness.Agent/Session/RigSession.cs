using System.Threading.Channels;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Session;

/// <summary>The rig's stream to the orchestrator: dials out, says hello, takes leases, sends what the journal holds, and dials again
/// when it is cut off.</summary>
/// <remarks>Being cut off changes nothing for a running attempt: its events go to the journal, and from there to the next
/// connection.</remarks>
internal sealed class RigSession
{
    /// <summary>The most events in one message.</summary>
    public const int BatchEvents = 64;

    /// <summary>The most octets of events in one message: a quarter of the peer's default limit.</summary>
    public const int BatchOctets = 1024 * 1024;

    /// <summary>The longest wait before the next attempt to connect.</summary>
    public static readonly TimeSpan MaximumBackOff = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan WelcomeTime = TimeSpan.FromSeconds(10);

    private readonly Func<string?> _findServer;
    private readonly Func<string, GrpcChannel> _openChannel;
    private readonly Func<Task<Hello>> _makeHello;
    private readonly Func<HealthCheck, Task<HealthReport>> _checkHealth;
    private readonly Action<string> _onConnected;
    private readonly JournalFolder _journals;
    private readonly LeaseWorker _worker;
    private readonly AdHocService _adHoc;
    private readonly ChannelReader<AttemptProgress> _progress;
    private readonly DeviceUndo? _undo;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Random _jitter;
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _backOff = FirstBackOff;

    public RigSession(
        Func<string?> findServer,
        Func<string, GrpcChannel> openChannel,
        Func<Task<Hello>> makeHello,
        Func<HealthCheck, Task<HealthReport>> checkHealth,
        Action<string> onConnected,
        JournalFolder journals,
        LeaseWorker worker,
        AdHocService adHoc,
        ChannelReader<AttemptProgress> progress,
        DeviceUndo? undo,
        TimeProvider time,
        int seed,
        ILogger log)
    {
        _findServer = findServer;
        _openChannel = openChannel;
        _makeHello = makeHello;
        _checkHealth = checkHealth;
        _onConnected = onConnected;
        _journals = journals;
        _worker = worker;
        _adHoc = adHoc;
        _progress = progress;
        _undo = undo;
        _time = time;
        _log = log;
        _jitter = new Random(seed);
    }

    /// <summary>Ends the stream from this side once the worker, which is closed, has told all that it declined. The orchestrator ends it in
    /// its turn, and so shows that it took everything.</summary>
    public void Close() => _closing.TrySetResult();

    /// <summary>Keeps the stream up until cancelled or closed.</summary>
    /// <exception cref="TransportException">AGENT-003: another agent took the rig.</exception>
    /// <exception cref="LocalProtocolException">AGENT-004: the orchestrator refuses what this agent says.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && !_closing.Task.IsCompleted)
        {
            try
            {
                if (_findServer() is { } server)
                {
                    await StreamAsync(server, cancellationToken).ConfigureAwait(false);
                }

                Task pause = Task.Delay(_backOff * (0.5 + _jitter.NextDouble()), _time, cancellationToken);
                await Task.WhenAny(pause, _closing.Task).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            _backOff = _backOff * 2 < MaximumBackOff ? _backOff * 2 : MaximumBackOff;
        }
    }

    /// <summary>Why an agent must not dial again after this end of its stream; null when it may.</summary>
    private static HarnessException? FinalEndOf(string server, RpcException end) => end.StatusCode switch
    {
        // Dialling again would throw the other agent out, which would dial again in its turn.
        StatusCode.Aborted or StatusCode.AlreadyExists => new TransportException(
            "AGENT-003", $"the orchestrator at {server} serves another agent of this rig: {end.Status.Detail}", server, end),
        StatusCode.InvalidArgument or StatusCode.PermissionDenied => new LocalProtocolException(
            "AGENT-004", $"the orchestrator at {server} refuses what this agent says: {end.Status.Detail}", "connected",
            "RigService.Connect"),
        _ => null,
    };

    private async Task StreamAsync(string server, CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            // A call that this side cancels ends with a status like any other; nothing is wrong.
        }
        catch (RpcException exception)
        {
            AgentLog.Disconnected(_log, server, exception.StatusCode, exception.Status.Detail);
            if (TlsAdvice.Of(server, exception) is { } advice)
            {
                AgentLog.NotTrusted(_log, server, advice);
            }

            if (FinalEndOf(server, exception) is { } end)
            {
                throw end;
            }
        }
    }

    private async Task ConnectAsync(string server, CancellationToken cancellationToken)
    {
        using GrpcChannel channel = _openChannel(server);
        using CancellationTokenSource connection = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        RigService.RigServiceClient client = new(channel);
        using AsyncDuplexStreamingCall<RigMessage, OrchestratorMessage> call = client.Connect(cancellationToken: connection.Token);
        try
        {
            Hello hello = await _makeHello().ConfigureAwait(false);
            await call.RequestStream.WriteAsync(new RigMessage { Hello = hello }, connection.Token).ConfigureAwait(false);
            Welcome welcome = await ReadWelcomeAsync(call.ResponseStream, connection.Token).ConfigureAwait(false);
            _backOff = FirstBackOff;
            AgentLog.Connected(_log, server, welcome.OrchestratorVersion);
            _onConnected(server);
            using SemaphoreSlim writing = new(1, 1);
            Stream stream = new(call, writing, Channel.CreateBounded<HealthCheck>(
                new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }));
            Task[] loops =
            [
                SendEventsAsync(stream, connection.Token),
                SendHeartbeatsAsync(stream, welcome.HeartbeatInterval.ToTimeSpan(), connection.Token),
                SendDeclinesAsync(stream, connection.Token),
                SendProgressAsync(stream, connection.Token),
                SendQuarantineAsync(stream, connection.Token),
                SendSignsOfLifeAsync(stream, connection.Token),
                ReceiveAsync(stream, connection.Token),
            ];
            Task first = await Task.WhenAny(loops).ConfigureAwait(false);
            await connection.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(loops.Select(loop => loop.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default))).ConfigureAwait(false);
            await first.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (connection.IsCancellationRequested)
        {
            // The connection was ended from this side, or by the loop that ended first and is reported above.
        }
    }

    private async Task<Welcome> ReadWelcomeAsync(IAsyncStreamReader<OrchestratorMessage> messages, CancellationToken cancellationToken)
    {
        Task<bool> next = messages.MoveNext(cancellationToken);
        try
        {
            await next.WaitAsync(WelcomeTime, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, $"no welcome in {WelcomeTime}"));
        }

        return next.Result
            && messages.Current.Welcome is { HeartbeatInterval: { } interval } welcome
            && interval.ToTimeSpan() > TimeSpan.Zero
                ? welcome
                : throw new RpcException(
                    new Status(StatusCode.Unavailable, "the stream did not begin with a welcome and a heartbeat interval"));
    }

    private async Task SendEventsAsync(Stream stream, CancellationToken cancellationToken)
    {
        Dictionary<AttemptKey, long> sent = [];
        _journals.SignalFlushed();
        while (true)
        {
            await _journals.WaitForFlushAsync(cancellationToken).ConfigureAwait(false);
            Dictionary<AttemptKey, long> kept = [];
            foreach (AttemptJournal journal in _journals.Journals)
            {
                long after = Math.Max(sent.GetValueOrDefault(journal.Key), journal.AcknowledgedSequence);
                while (journal.Read(after, BatchEvents, BatchOctets) is { Count: > 0 } events)
                {
                    EventBatch batch = new() { Events = { events } };
                    await stream.WriteAsync(new RigMessage { Events = batch }, cancellationToken).ConfigureAwait(false);
                    after = events[^1].Sequence;
                }

                kept[journal.Key] = after;
            }

            sent = kept;
        }
    }

    private async Task SendDeclinesAsync(Stream stream, CancellationToken cancellationToken)
    {
        await foreach (LeaseDeclined declined in _worker.Declined.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await stream.WriteAsync(new RigMessage { LeaseDeclined = declined }, cancellationToken).ConfigureAwait(false);
        }

        // The worker is closed: none comes any more. What is left is the orchestrator's end of the stream.
        await _closing.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        await stream.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendProgressAsync(Stream stream, CancellationToken cancellationToken)
    {
        await foreach (AttemptProgress progress in _progress.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await stream.WriteAsync(new RigMessage { Progress = progress }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reports unasked when a device went into quarantine or out of it: the report answers no check.</summary>
    private async Task SendQuarantineAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_undo is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken).ConfigureAwait(false);
            return;
        }

        await foreach (bool _ in _undo.Changed.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await SendHealthAsync(stream, new HealthCheck(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Answers the checks that ask devices, which may take long: leases and acknowledgements are not kept waiting. Only the last
    /// one counts.</summary>
    private async Task SendSignsOfLifeAsync(Stream stream, CancellationToken cancellationToken)
    {
        await foreach (HealthCheck check in stream.Asking.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await SendHealthAsync(stream, check, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendHealthAsync(Stream stream, HealthCheck check, CancellationToken cancellationToken)
    {
        HealthReport report = await _checkHealth(check).ConfigureAwait(false);
        await stream.WriteAsync(new RigMessage { HealthReport = report }, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendHeartbeatsAsync(Stream stream, TimeSpan interval, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(interval, _time);
        for (long counter = 1; await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false); counter++)
        {
            Heartbeat heartbeat = new() { Counter = counter, JournalBacklog = _journals.Backlog };
            await stream.WriteAsync(new RigMessage { Heartbeat = heartbeat }, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(Stream stream, CancellationToken cancellationToken)
    {
        await foreach (OrchestratorMessage message in stream.Call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            switch (message.BodyCase)
            {
                case OrchestratorMessage.BodyOneofCase.Lease:
                    await TakeLeaseAsync(stream, message.Lease, cancellationToken).ConfigureAwait(false);
                    break;
                case OrchestratorMessage.BodyOneofCase.Ack:
                    EventAck ack = message.Ack;
                    AttemptKey key = new(ack.ExecutionId, ack.Attempt, ack.LeaseNumber);
                    await _journals.AcknowledgeAsync(key, ack.Sequence).ConfigureAwait(false);
                    break;
                case OrchestratorMessage.BodyOneofCase.Cancel:
                    AgentLog.LeaseCancelled(_log, message.Cancel.LeaseNumber, message.Cancel.Reason);
                    await CancelLeaseAsync(stream, message.Cancel, cancellationToken).ConfigureAwait(false);
                    break;
                case OrchestratorMessage.BodyOneofCase.AdHocRequest:
                    _adHoc.Begin(
                        message.AdHocRequest, answer => stream.WriteAsync(new RigMessage { AdHocAnswer = answer }, cancellationToken));
                    break;
                case OrchestratorMessage.BodyOneofCase.HealthCheck when message.HealthCheck.Asks:
                    _ = stream.Asking.Writer.TryWrite(message.HealthCheck);
                    break;
                case OrchestratorMessage.BodyOneofCase.HealthCheck:
                    await SendHealthAsync(stream, message.HealthCheck, cancellationToken).ConfigureAwait(false);
                    break;
                case OrchestratorMessage.BodyOneofCase.ReleaseDevice:
                    Release(message.ReleaseDevice);
                    break;
                default:
                    AgentLog.UnknownMessage(_log, message.BodyCase);
                    break;
            }
        }
    }

    private void Release(ReleaseDevice release)
    {
        try
        {
            _undo?.Release(release.Device, release.By, release.Reason);
        }
        catch (TransportException exception)
        {
            // The device stays in quarantine, and the next report says so.
            AgentLog.QuarantineNotEnded(_log, release.Device, exception);
        }
    }

    private async Task CancelLeaseAsync(Stream stream, CancelLease cancel, CancellationToken cancellationToken)
    {
        if (await _worker.CancelAsync(cancel.LeaseNumber, cancel.Reason, cancel.OnlyWaiting).ConfigureAwait(false) is { } key)
        {
            await DeclineAsync(stream, key.LeaseNumber, key.ExecutionId, cancel.Reason, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task DeclineAsync(
        Stream stream, long leaseNumber, string executionId, string reason, CancellationToken cancellationToken)
    {
        LeaseDeclined declined = new() { LeaseNumber = leaseNumber, ExecutionId = executionId, Reason = reason };
        return stream.WriteAsync(new RigMessage { LeaseDeclined = declined }, cancellationToken);
    }

    private async Task TakeLeaseAsync(Stream stream, Lease lease, CancellationToken cancellationToken)
    {
        if (_worker.TryTake(lease) is { } refusal)
        {
            await DeclineAsync(stream, lease.LeaseNumber, lease.ExecutionId, refusal, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The call with its one writer at a time, and the check of devices that is to be answered.</summary>
    private sealed record Stream(
        AsyncDuplexStreamingCall<RigMessage, OrchestratorMessage> Call, SemaphoreSlim Writing, Channel<HealthCheck> Asking)
    {
        public async Task WriteAsync(RigMessage message, CancellationToken cancellationToken)
        {
            await Writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await Call.RequestStream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Writing.Release();
            }
        }

        public async Task CompleteAsync(CancellationToken cancellationToken)
        {
            await Writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await Call.RequestStream.CompleteAsync().ConfigureAwait(false);
            }
            finally
            {
                Writing.Release();
            }
        }
    }
}
