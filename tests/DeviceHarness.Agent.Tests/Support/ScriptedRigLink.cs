using DeviceHarness.Contracts.V1;
using DeviceHarness.TestKit;
using FluentAssertions;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>One stream of an agent, from the orchestrator's side.</summary>
internal sealed class ScriptedRigLink
{
    private readonly IAsyncStreamReader<RigMessage> _up;
    private readonly IServerStreamWriter<OrchestratorMessage> _down;
    private readonly ServerCallContext _context;
    private readonly TaskCompletionSource<Status> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedRigLink(IAsyncStreamReader<RigMessage> up, IServerStreamWriter<OrchestratorMessage> down, ServerCallContext context)
    {
        _up = up;
        _down = down;
        _context = context;
        First = up.Current;
        context.CancellationToken.Register(() => _ended.TrySetResult(Status.DefaultSuccess));
    }

    /// <summary>The first message.</summary>
    public RigMessage First { get; }

    public Task<Status> Ended => _ended.Task;

    public Task WelcomeAsync(TimeSpan heartbeat) => SendAsync(new OrchestratorMessage
    {
        Welcome = new Welcome { OrchestratorVersion = "scripted", HeartbeatInterval = Duration.FromTimeSpan(heartbeat) },
    });

    public Task SendAsync(OrchestratorMessage message) => _down.WriteAsync(message).DefaultTimeout();

    public Task SendAsync(Lease lease) => SendAsync(new OrchestratorMessage { Lease = lease });

    /// <summary>Has the rig let go of a lease that it has not begun.</summary>
    public Task LetGoAsync(long leaseNumber, string reason) => SendAsync(new OrchestratorMessage
    {
        Cancel = new CancelLease { LeaseNumber = leaseNumber, Reason = reason, OnlyWaiting = true },
    });

    public Task CancelAsync(long leaseNumber, string reason) =>
        SendAsync(new OrchestratorMessage { Cancel = new CancelLease { LeaseNumber = leaseNumber, Reason = reason } });

    public Task AcknowledgeAsync(AttemptEvent last) => SendAsync(new OrchestratorMessage
    {
        Ack = new EventAck
        {
            ExecutionId = last.ExecutionId,
            Attempt = last.Attempt,
            LeaseNumber = last.LeaseNumber,
            Sequence = last.Sequence,
        },
    });

    public async Task<RigMessage> ReadAsync(RigMessage.BodyOneofCase body)
    {
        do
        {
            (await _up.MoveNext(CancellationToken.None).DefaultTimeout()).Should().BeTrue($"{body} is still to come");
        }
        while (_up.Current.BodyCase != body);
        return _up.Current;
    }

    /// <summary>Reads events until one meets the condition.</summary>
    public async Task<List<AttemptEvent>> ReadEventsAsync(Func<AttemptEvent, bool> isLast)
    {
        List<AttemptEvent> events = [];
        do
        {
            events.AddRange((await ReadAsync(RigMessage.BodyOneofCase.Events)).Events.Events);
        }
        while (!events.Exists(one => isLast(one)));
        return events;
    }

    public Task<List<AttemptEvent>> ReadAttemptAsync() =>
        ReadEventsAsync(one => one.BodyCase == AttemptEvent.BodyOneofCase.AttemptFinished);

    /// <summary>Acknowledges all that comes until the agent ends its side, then ends this one.</summary>
    public async Task<(List<AttemptEvent> Events, List<LeaseDeclined> Declined)> ReadToEndAsync()
    {
        List<AttemptEvent> events = [];
        List<LeaseDeclined> declined = [];
        while (await _up.MoveNext(CancellationToken.None).DefaultTimeout())
        {
            if (_up.Current.BodyCase == RigMessage.BodyOneofCase.LeaseDeclined)
            {
                declined.Add(_up.Current.LeaseDeclined);
            }
            else if (_up.Current.BodyCase == RigMessage.BodyOneofCase.Events)
            {
                events.AddRange(_up.Current.Events.Events);
                await AcknowledgeAsync(events[^1]);
            }
        }

        End(StatusCode.OK, string.Empty);
        return (events, declined);
    }

    /// <summary>Ends the stream with a status.</summary>
    public void End(StatusCode code, string detail) => _ended.TrySetResult(new Status(code, detail));

    /// <summary>Cuts the connection without a word.</summary>
    public void Cut() => _context.GetHttpContext().Abort();
}
