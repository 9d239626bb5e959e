using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

namespace DeviceHarness.Drivers.Han;

/// <summary>Key establishment with the devices of the network: carries the desk's messages, and gives the adapter the link key.</summary>
/// <remarks>Spec: ZigBee Smart Energy, key establishment, as this harness's ZigBee guide 10.5 sums it up: protected by the network key
/// alone; the link key is put to use after the last message has left.</remarks>
internal sealed class HanKeyDesk : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IZigBeeAdapter _adapter;
    private readonly HanOutbox _outbox;
    private readonly HanDirectory _directory;
    private readonly HanTasks _tasks;
    private readonly TimeProvider _timeProvider;
    private readonly Action<HanEvent> _tell;
    private readonly EstablishmentDesk _desk;
    private readonly AdapterKeyAgreement? _own;
    private readonly ITimer _timer;
    private readonly long _origin;
    private readonly Dictionary<ulong, Way> _ways = [];
    private bool _isDisposed;

    internal HanKeyDesk(
        EstablishmentSettings settings, IZigBeeAdapter adapter, HanOutbox outbox, HanDirectory directory, HanTasks tasks,
        TimeProvider timeProvider, Action<HanEvent> tell)
    {
        _adapter = adapter;
        _outbox = outbox;
        _directory = directory;
        _tasks = tasks;
        _timeProvider = timeProvider;
        _tell = tell;
        _own = settings.InAdapter;
        _desk = new EstablishmentDesk(settings, _own is null ? EstablishmentDesk.DefaultExchanges : 1);
        _origin = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Who keeps the keys; null when nobody does.</summary>
    internal HanKeeper? Keeper { get; init; }

    /// <summary>The devices that have no link key yet; null when none is waited for.</summary>
    internal HanProbation? Probation { get; init; }

    /// <summary>Begins with a device, as initiator, and waits for the end.</summary>
    internal async Task<EstablishmentResult> StartAsync(HanTarget target, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            RequireRoom(target.Eui64);
        }

        await (_own?.BeginAsync(target.Eui64, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        Task<EstablishmentResult> end;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            RequireRoom(target.Eui64);
            Way way = WayOf(target);
            way.Sequence++;
            way.End = new(TaskCreationOptions.RunContinuationsAsynchronously);
            end = way.End.Task;
            Take(_desk.Start(target.Eui64, _timeProvider.GetElapsedTime(_origin)));
        }

        return await end.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a message of the cluster; false when it is none of its own commands.</summary>
    internal bool TryTake(HanMessage message)
    {
        if (message.Header is not { Type: ZclFrameType.Cluster, ManufacturerCode: null } || message.Eui64 is not { } eui64
            || message.Header.Command > (byte)EstablishmentCommand.Terminate)
        {
            return false;
        }

        EstablishmentRole sender = message.Header.From == ZclSide.Client ? EstablishmentRole.Initiator : EstablishmentRole.Responder;
        HanTarget peer = new(eui64, message.SourceEndpoint);
        EstablishmentMessage taken = new((EstablishmentCommand)message.Header.Command, sender, message.Payload);
        byte sequence = message.Header.Sequence;
        if (_own is not { } own)
        {
            Receive(peer, taken, sequence);
        }
        else if (!_tasks.TryRun(cancellationToken => ReceiveAsync(own, peer, taken, sequence, cancellationToken)))
        {
            _tell(new HanAnswerLost(_directory.Find(eui64)?.NodeId ?? 0, "too many answers are under way", _timeProvider.GetUtcNow()));
        }

        return true;
    }

    /// <summary>A device has left, or begins anew.</summary>
    internal void Drop(ulong eui64)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _desk.Drop(eui64);
                if (_own is { } own)
                {
                    _tasks.TryRun(cancellationToken => MakeRoomAsync(own, eui64, cancellationToken));
                }

                if (_ways.Remove(eui64, out Way? way))
                {
                    way.End?.TrySetException(HanFaults.NotAcknowledged($"{_adapter.Port}: key establishment", "it left the network"));
                }
            }
        }
    }

    private void RequireRoom(ulong peer)
    {
        if (!_desk.HasRoom(peer, EstablishmentRole.Initiator))
        {
            throw HanFaults.KeyDeskFull(_adapter.Port, _desk.Count);
        }
    }

    private void Receive(HanTarget peer, in EstablishmentMessage message, byte sequence)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                WayOf(peer).Sequence = sequence;
                Take(_desk.Receive(peer.Eui64, message, _timeProvider.GetElapsedTime(_origin)));
            }
        }
    }

    /// <summary>Has the adapter compute first what the message asks for.</summary>
    private async Task ReceiveAsync(
        AdapterKeyAgreement own, HanTarget peer, EstablishmentMessage message, byte sequence, CancellationToken cancellationToken)
    {
        try
        {
            await own.PrepareAsync(peer.Eui64, message, cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException failed)
        {
            // Without its part the machine ends the exchange, and says so to the peer.
            _tell(new HanFault(failed, _timeProvider.GetUtcNow()));
        }

        Receive(peer, message, sequence);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _timer.Dispose();
                _desk.Dispose();
                foreach (Way way in _ways.Values)
                {
                    way.End?.TrySetException(HanFaults.Closed(_adapter.Port));
                }
            }
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            TimeSpan now = _timeProvider.GetElapsedTime(_origin);
            while (!_isDisposed && Take(_desk.Tick(now)) is { } next && next <= now)
            {
                // One exchange a tick: there may be more that are due.
            }
        }
    }

    /// <summary>Does what the desk wants, under the gate; what takes time goes on beside.</summary>
    private TimeSpan? Take(EstablishmentDeskStep step)
    {
        if (step.NextTick is { } due)
        {
            TimeSpan left = due - _timeProvider.GetElapsedTime(_origin);
            _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        if (step.Transmit is null && step.Result is null)
        {
            return step.NextTick;
        }

        Way way = WayOf(new(step.Peer, ZclTraffic.OwnEndpoint));
        byte sequence = way.Sequence;
        if (step.Transmit is { Sender: EstablishmentRole.Initiator } && step.Result is null)
        {
            sequence = ++way.Sequence;
        }

        if (!_tasks.TryRun(cancellationToken => CarryAsync(step, way, sequence, cancellationToken)))
        {
            _tell(new HanAnswerLost(_directory.Find(step.Peer)?.NodeId ?? 0, "too many answers are under way", _timeProvider.GetUtcNow()));
        }

        return step.NextTick;
    }

    private async Task CarryAsync(EstablishmentDeskStep step, Way way, byte sequence, CancellationToken cancellationToken)
    {
        try
        {
            if (step.Transmit is { } message)
            {
                await _outbox.SendAsync(Parcel(way.Target, message, sequence), cancellationToken).ConfigureAwait(false);
            }

            if (step.Result is { } result)
            {
                await PutToUseAsync(step.Peer, result, cancellationToken).ConfigureAwait(false);
                if (result.Failure == EstablishmentFailure.None)
                {
                    await (Keeper?.KeepAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
                    _directory.Change(step.Peer, node => node with { HasEstablishedKey = true });
                    Probation?.End(step.Peer);
                }

                way.End?.TrySetResult(result);
                _tell(new HanKeyEstablishment(step.Peer, result.Role, result.Failure, result.Status, _timeProvider.GetUtcNow()));
            }
        }
        catch (HarnessException failed)
        {
            // A responder's last message that did not arrive: the old key stays in use on both sides, and the device begins anew.
            if (step.Result is not null && _own is { } own)
            {
                await MakeRoomAsync(own, step.Peer, cancellationToken).ConfigureAwait(false);
            }

            way.End?.TrySetException(failed);
            _tell(new HanFault(failed, _timeProvider.GetUtcNow()));
        }
    }

    /// <summary>Has the adapter forget an exchange that came to nothing: until then there is no room for another.</summary>
    private async Task MakeRoomAsync(AdapterKeyAgreement own, ulong peer, CancellationToken cancellationToken)
    {
        try
        {
            await own.EndAsync(peer, isStored: false, cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException failed)
        {
            _tell(new HanFault(failed, _timeProvider.GetUtcNow()));
        }
    }

    private async Task PutToUseAsync(ulong peer, EstablishmentResult result, CancellationToken cancellationToken)
    {
        if (_own is { } own)
        {
            await own.EndAsync(peer, isStored: result.Failure == EstablishmentFailure.None, cancellationToken).ConfigureAwait(false);
        }
        else if (result.LinkKey is { } key)
        {
            await _adapter.ImportLinkKeyAsync(peer, key, cancellationToken).ConfigureAwait(false);
        }
    }

    private HanParcel Parcel(HanTarget target, in EstablishmentMessage message, byte sequence)
    {
        bool isInitiator = message.Sender == EstablishmentRole.Initiator;
        ZclHeader header = new(ZclFrameType.Cluster, isInitiator ? ZclSide.Client : ZclSide.Server, sequence, (byte)message.Command)
        {
            DisableDefaultResponse = true,
        };
        byte[] frame = new byte[ZclHeader.MaximumOctets + message.Payload.Length];
        ZclFrame.Encode(new(header, message.Payload.Span), frame, out int written);
        return new()
        {
            Eui64 = target.Eui64,
            Message = ZclTraffic.Message(target, EstablishmentMessage.Cluster, isApsEncrypted: false, frame.AsMemory(0, written)),
            What = $"{_adapter.Port}: key establishment, {message.Command} to {target.Eui64:X16}",
            IsRepeatable = true,
        };
    }

    private Way WayOf(HanTarget target)
    {
        if (!_ways.TryGetValue(target.Eui64, out Way? way))
        {
            way = new Way(target);
            _ways.Add(target.Eui64, way);
        }

        return way;
    }

    /// <summary>How messages go to one device.</summary>
    private sealed class Way(HanTarget target)
    {
        public HanTarget Target { get; } = target;

        public byte Sequence { get; set; }

        public TaskCompletionSource<EstablishmentResult>? End { get; set; }
    }
}
