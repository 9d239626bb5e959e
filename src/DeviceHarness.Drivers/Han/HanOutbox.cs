using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>What is to be sent: one message a node at a time, a few in all, and to a sleeping device only when it gave a sign of being
/// awake.</summary>
/// <remarks>
/// Source: this harness's ZigBee guide 12, reaching a sleeping meter. A sign is a poll, a message, or an acknowledgement of the device.
/// What a sleeping device did not acknowledge waits for its next sign if it may be repeated; otherwise its sender is told. Every message
/// ends: it is acknowledged, or its sender is told why not. Bounded for each node and in all. Safe for any number of callers.
/// </remarks>
internal sealed class HanOutbox(
    IZigBeeAdapter adapter, HanDirectory directory, HanSettings settings, HanTasks tasks, TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Shelf> _shelves = [];
    private int _waiting;
    private int _underWay;
    private HarnessException? _lost;

    /// <summary>How many messages wait to be sent.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting;
            }
        }
    }

    /// <summary>Sends a message and waits until the node acknowledged it.</summary>
    /// <exception cref="HanDeliveryException">It did not reach the node, or there is no room for it.</exception>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    /// <exception cref="LocalProtocolException">The node has no short address here, or the network is closed.</exception>
    internal async Task<ZigBeeDelivery> SendAsync(HanParcel parcel, CancellationToken cancellationToken)
    {
        HanNode node = directory.Find(parcel.Eui64) ?? throw HanFaults.UnknownNode(adapter.Port, parcel.Eui64);
        TimeSpan limit = node.IsSleepy ? settings.SleepyLimit(parcel.WakeInterval) : settings.QueueTimeout;
        Add(parcel);
        Release();
        ZigBeeDelivery delivery;
        try
        {
            delivery = await parcel.End.WaitAsync(limit, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (Withdraw(parcel))
            {
                throw node.IsSleepy ? HanFaults.Asleep(parcel.What, limit) : HanFaults.QueueTimeout(parcel.What, limit);
            }

            // Just under way: the adapter says in its own time what became of it.
            delivery = await parcel.End.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Withdraw(parcel);
            throw;
        }

        return delivery.Outcome switch
        {
            ZigBeeDeliveryOutcome.Delivered => delivery,
            ZigBeeDeliveryOutcome.NotDelivered => throw HanFaults.NotAcknowledged(parcel.What, delivery.Status),
            ZigBeeDeliveryOutcome.Refused => throw HanFaults.RefusedByAdapter(parcel.What, delivery.Status),
            _ => throw HanFaults.UnknownDelivery(parcel.What),
        };
    }

    /// <summary>A node gave a sign of being awake.</summary>
    internal void Awake(ulong eui64)
    {
        lock (_gate)
        {
            ShelfOf(eui64).AwakeSince = timeProvider.GetTimestamp();
        }

        Release();
    }

    /// <summary>The adapter is lost: what waits is told so, and what comes is, until it is back.</summary>
    internal void Fail(HarnessException reason)
    {
        List<HanParcel> failed = [];
        lock (_gate)
        {
            _lost = reason;
            foreach (Shelf shelf in _shelves.Values)
            {
                failed.AddRange(shelf.Parcels);
                shelf.Parcels.Clear();
                shelf.AwakeSince = null;
            }

            _waiting = 0;
        }

        foreach (HanParcel parcel in failed)
        {
            parcel.Failed(reason);
        }
    }

    /// <summary>The adapter is back.</summary>
    internal void Recovered()
    {
        lock (_gate)
        {
            _lost = null;
        }
    }

    /// <summary>A node has left: what waits for it never leaves.</summary>
    internal void Gone(ulong eui64)
    {
        HanParcel[] failed = [];
        lock (_gate)
        {
            if (_shelves.TryGetValue(eui64, out Shelf? shelf))
            {
                failed = [.. shelf.Parcels];
                _waiting -= failed.Length;
                shelf.Parcels.Clear();
                if (!shelf.IsBusy)
                {
                    _shelves.Remove(eui64);
                }
            }
        }

        foreach (HanParcel parcel in failed)
        {
            parcel.Failed(HanFaults.NotAcknowledged(parcel.What, "it left the network"));
        }
    }

    private void Add(HanParcel parcel)
    {
        lock (_gate)
        {
            if (_lost is { } lost)
            {
                throw lost;
            }

            Shelf shelf = ShelfOf(parcel.Eui64);
            int waiting = shelf.Parcels.Count >= settings.MessagesPerNode ? shelf.Parcels.Count : _waiting;
            if (shelf.Parcels.Count >= settings.MessagesPerNode || _waiting >= settings.MessagesInAll)
            {
                throw HanFaults.OutboxFull(parcel.What, waiting);
            }

            shelf.Parcels.AddLast(parcel);
            _waiting++;
        }
    }

    /// <summary>Takes a message back that has not left; false when it has, and it is then not sent again.</summary>
    private bool Withdraw(HanParcel parcel)
    {
        lock (_gate)
        {
            bool isWithdrawn = ShelfOf(parcel.Eui64).Parcels.Remove(parcel);
            _waiting -= isWithdrawn ? 1 : 0;
            parcel.IsLastAttempt = true;
            return isWithdrawn;
        }
    }

    /// <summary>Sends what may be sent now.</summary>
    private void Release()
    {
        List<(Shelf Shelf, HanParcel Parcel)> leaving = [];
        lock (_gate)
        {
            foreach ((ulong eui64, Shelf shelf) in _shelves)
            {
                if (_underWay < settings.MessagesUnderWay && !shelf.IsBusy && shelf.Parcels.First is { } first && MayReceive(eui64, shelf))
                {
                    shelf.Parcels.RemoveFirst();
                    shelf.IsBusy = true;
                    _waiting--;
                    _underWay++;
                    leaving.Add((shelf, first.Value));
                }
            }
        }

        foreach ((Shelf shelf, HanParcel parcel) in leaving)
        {
            if (!tasks.TryRun(cancellationToken => CarryAsync(shelf, parcel, cancellationToken)))
            {
                Ended(shelf, parcel, null, HanFaults.Closed(adapter.Port));
            }
        }
    }

    private bool MayReceive(ulong eui64, Shelf shelf) => directory.Find(eui64) is not { IsSleepy: true }
        || (shelf.AwakeSince is { } since && timeProvider.GetElapsedTime(since) <= settings.AwakeTime);

    private async Task CarryAsync(Shelf shelf, HanParcel parcel, CancellationToken cancellationToken)
    {
        try
        {
            HanNode node = directory.Find(parcel.Eui64) ?? throw HanFaults.UnknownNode(adapter.Port, parcel.Eui64);
            ZigBeeDelivery delivery = parcel.Order is { } order
                ? await OrderAsync(order, node.NodeId, cancellationToken).ConfigureAwait(false)
                : await adapter.SendAsync(parcel.Message! with { NodeId = node.NodeId }, cancellationToken).ConfigureAwait(false);
            Ended(shelf, parcel, delivery, null);
        }
        catch (HarnessException failed)
        {
            Ended(shelf, parcel, null, failed);
        }
        catch (OperationCanceledException)
        {
            Ended(shelf, parcel, null, HanFaults.Closed(adapter.Port));
            throw;
        }
    }

    // The adapter does not tell what becomes of what is no message: it took the order, and the device was awake.
    private static async Task<ZigBeeDelivery> OrderAsync(
        Func<ushort, CancellationToken, Task> order, ushort nodeId, CancellationToken cancellationToken)
    {
        await order(nodeId, cancellationToken).ConfigureAwait(false);
        return new ZigBeeDelivery(ZigBeeDeliveryOutcome.Delivered, "Taken", 0, TimeSpan.Zero);
    }

    private void Ended(Shelf shelf, HanParcel parcel, ZigBeeDelivery? delivery, HarnessException? failed)
    {
        bool waitsOn = false;
        lock (_gate)
        {
            shelf.IsBusy = false;
            _underWay--;
            if (delivery is { IsDelivered: true })
            {
                shelf.AwakeSince = timeProvider.GetTimestamp();
            }
            else if (delivery is { Outcome: ZigBeeDeliveryOutcome.NotDelivered } && _lost is null
                && parcel is { IsRepeatable: true, IsLastAttempt: false } && directory.Find(parcel.Eui64) is { IsSleepy: true })
            {
                shelf.AwakeSince = null;
                shelf.Parcels.AddFirst(parcel);
                _waiting++;
                waitsOn = true;
            }
        }

        if (failed is not null)
        {
            parcel.Failed(failed);
        }
        else if (!waitsOn && delivery is not null)
        {
            parcel.Ended(delivery);
        }

        Release();
    }

    private Shelf ShelfOf(ulong eui64)
    {
        if (!_shelves.TryGetValue(eui64, out Shelf? shelf))
        {
            shelf = new Shelf();
            _shelves.Add(eui64, shelf);
        }

        return shelf;
    }

    /// <summary>What waits for one node.</summary>
    private sealed class Shelf
    {
        public LinkedList<HanParcel> Parcels { get; } = [];

        public bool IsBusy { get; set; }

        public long? AwakeSince { get; set; }
    }
}
