using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Takes the fragments that come, has the adapter acknowledge them, and tells what was not taken.</summary>
/// <remarks>From any thread. Acknowledgements go out in their order, beside the loop that takes what comes.</remarks>
internal sealed class EzspFragmentDesk : IAsyncDisposable
{
    private const int MaximumAcknowledgements = 64;

    private readonly Lock _gate = new();
    private readonly EzspReassembly _reassembly = new();
    private readonly EzspEvents _events;
    private readonly TimeProvider _timeProvider;
    private readonly Func<EzspSession> _session;
    private readonly long _origin;
    private readonly CancellationTokenSource _closing = new();
    private readonly ITimer _timer;
    private Task _acknowledging = Task.CompletedTask;
    private int _waiting;
    private bool _isClosed;

    internal EzspFragmentDesk(EzspEvents events, TimeProvider timeProvider, Func<EzspSession> session)
    {
        _events = events;
        _timeProvider = timeProvider;
        _session = session;
        _origin = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _timeProvider.GetElapsedTime(_origin);

    /// <summary>Takes what came: a message is given back as it is, a fragment only once it completes its message.</summary>
    internal IncomingMessage? Take(in IncomingMessage message)
    {
        if (!message.Aps.Options.HasFlag(EmberApsOptions.Fragment))
        {
            return message;
        }

        EzspFragmentStep step;
        lock (_gate)
        {
            if (_isClosed)
            {
                return null;
            }

            Forget();
            step = _reassembly.Take(message, Now);
            Arm();
            if (step.IsAcknowledged && _waiting < MaximumAcknowledgements)
            {
                _waiting++;
                _acknowledging = AcknowledgeAsync(_acknowledging, message.Packet.SenderId, message.Aps);
            }
            else if (step.IsAcknowledged)
            {
                Tell(message.Packet.SenderId, message.Aps.Cluster, ZigBeeFragmentFault.NotAcknowledged);
            }
        }

        if (step.Fault is { } fault)
        {
            Tell(message.Packet.SenderId, message.Aps.Cluster, fault);
        }

        return step.Whole;
    }

    /// <summary>The adapter is lost, and with it what would have come.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _reassembly.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        Task acknowledging;
        lock (_gate)
        {
            _isClosed = true;
            acknowledging = _acknowledging;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await acknowledging.ConfigureAwait(false);
        _closing.Dispose();
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                Forget();
                Arm();
            }
        }
    }

    private void Forget()
    {
        foreach ((ushort nodeId, ushort cluster) in _reassembly.Expire(Now))
        {
            Tell(nodeId, cluster, ZigBeeFragmentFault.TimedOut);
        }
    }

    private void Arm()
    {
        if (_reassembly.NextDue is { } due)
        {
            TimeSpan left = due - Now;
            _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Tell(ushort nodeId, ushort cluster, ZigBeeFragmentFault fault) =>
        _events.Add(new ZigBeeFragmentRefused(nodeId, cluster, fault));

    private async Task AcknowledgeAsync(Task before, ushort sender, EmberApsFrame aps)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        bool isTaken = false;
        try
        {
            EmberApsFrame reply = aps with { GroupId = EzspFragments.AcknowledgementOf(aps.GroupId) };
            EmberStatusParameter answer = await _session()
                .AskAsync(EzspCommands.SendReply, new SendReplyRequest(sender, reply, default), _closing.Token)
                .ConfigureAwait(false);
            isTaken = answer.Status.IsSuccess;
        }
        catch (Exception failed) when (failed is HarnessException or OperationCanceledException or ObjectDisposedException)
        {
            // Told below, and by the adapter itself if it is lost or closed: the sender repeats the fragment, or gives up.
        }

        lock (_gate)
        {
            _waiting--;
        }

        if (!isTaken)
        {
            Tell(sender, aps.Cluster, ZigBeeFragmentFault.NotAcknowledged);
        }
    }
}
