using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Radio;

/// <summary>The air between the nodes of one network: seeded, with loss, range, sleeping nodes and acknowledgements.</summary>
/// <remarks>A pure machine: it does what is due when it is told the time. Not safe for use from several threads. It carries messages above
/// the network layer between nodes that hold the network key; routes are not simulated: a message goes by way of the parents.</remarks>
public sealed class SimulatedRadio
{
    /// <summary>How many nodes can be on the radio.</summary>
    public const int MaximumNodes = 256;

    private const int MacAttempts = 4;
    private const int BroadcastRepeats = 3;
    private const int SignalSpread = 2;
    private const int MaximumHops = 8;

    private readonly RadioOptions _options;
    private readonly Random _random;
    private readonly Dictionary<ulong, IRadioNode> _nodes = [];
    private readonly PriorityQueue<Action<TimeSpan>, (TimeSpan At, long Order)> _due = new();
    private readonly FragmentAssembler _fragments = new();
    private readonly Dictionary<(ulong Receiver, ushort Sender, byte Counter, byte Number), Delivery> _unacknowledged = [];
    private long _order;

    /// <summary>Makes an empty radio.</summary>
    /// <param name="seed">From which loss and signal follow.</param>
    /// <param name="options">How it behaves.</param>
    public SimulatedRadio(int seed, RadioOptions options)
    {
        _options = options;
        _random = new Random(seed);
    }

    /// <summary>The nodes, in the network or not.</summary>
    public IReadOnlyCollection<IRadioNode> Nodes => _nodes.Values;

    /// <summary>The time of what is being done, or was done last; it never goes back.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>When <see cref="Run"/> is due; null when nothing is.</summary>
    public TimeSpan? NextDue => _due.TryPeek(out _, out (TimeSpan At, long Order) next) ? next.At : null;

    /// <summary>How long a parent keeps a message for a node that sleeps.</summary>
    public TimeSpan IndirectTimeout => _options.IndirectTimeout;

    /// <summary>How many transmissions were lost.</summary>
    public long Lost { get; private set; }

    /// <summary>How many requests went to a sleeping node outside its wake window.</summary>
    public long SentToSleepers { get; private set; }

    /// <summary>Told of every message that leaves a node; null tells nobody.</summary>
    public Action<RadioFrame, TimeSpan>? Watcher { get; set; }

    /// <summary>Puts a node on the radio.</summary>
    /// <param name="node">The node; its EUI-64 once.</param>
    /// <exception cref="ArgumentException">The EUI-64 is there already, or there are too many nodes.</exception>
    public void Add(IRadioNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (_nodes.Count >= MaximumNodes)
        {
            throw new ArgumentException($"there are {MaximumNodes} nodes already", nameof(node));
        }

        _nodes.Add(node.Eui64, node);
    }

    /// <summary>Takes a node off the radio; nothing happens when it is not there.</summary>
    /// <param name="eui64">Its EUI-64.</param>
    public void Remove(ulong eui64) => _nodes.Remove(eui64);

    /// <summary>The node in the network that has a short address; null when none has.</summary>
    /// <param name="address">The address.</param>
    public IRadioNode? Find(ushort address) => _nodes.Values.FirstOrDefault(node => node.IsJoined && node.ShortAddress == address);

    /// <summary>The node of an EUI-64; null when there is none.</summary>
    /// <param name="eui64">The EUI-64.</param>
    public IRadioNode? FindByEui64(ulong eui64) => _nodes.GetValueOrDefault(eui64);

    /// <summary>A number at random, from the radio's seed.</summary>
    /// <param name="limit">Above the highest; above 0.</param>
    public int Next(int limit) => _random.Next(limit);

    /// <summary>Has something done later.</summary>
    /// <param name="at">When.</param>
    /// <param name="action">What; it is told the time.</param>
    public void Schedule(TimeSpan at, Action<TimeSpan> action) => _due.Enqueue(action, (at, _order++));

    /// <summary>Does what has fallen due, in its order.</summary>
    /// <param name="now">The time.</param>
    public void Run(TimeSpan now)
    {
        while (_due.TryPeek(out Action<TimeSpan>? action, out (TimeSpan At, long Order) next) && next.At <= now)
        {
            _due.Dequeue();
            Now = next.At > Now ? next.At : Now;
            action(next.At);
        }

        Now = now > Now ? now : Now;
    }

    /// <summary>Sends a message to one node.</summary>
    /// <param name="from">Who sends.</param>
    /// <param name="frame">The message.</param>
    /// <param name="now">The time.</param>
    /// <param name="done">Told once whether it was delivered: acknowledged, or taken where no acknowledgement was asked for.</param>
    public void Unicast(IRadioNode from, RadioFrame frame, TimeSpan now, Action<bool, TimeSpan> done)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(frame);
        if (!from.HasFragmentingHost && frame.Payload.Length > FragmentAssembler.RoomFor(frame.Aps.Options))
        {
            SendPieces(from, FragmentAssembler.Cut(frame), 0, now, done);
            return;
        }

        Watcher?.Invoke(frame, now);
        Delivery delivery = new(from, frame, done);
        if (Find(frame.Destination) is { NodeType: EmberNodeType.SleepyEndDevice } sleeper)
        {
            SentToSleepers += sleeper.IsAwake(now) ? 0 : 1;
            SendIndirectly(delivery, sleeper, now);
            return;
        }

        Attempt(delivery, 0, now);
    }

    /// <summary>The host of a node says that a fragment came.</summary>
    /// <param name="from">The node.</param>
    /// <param name="sender">The short address of who sent the fragment.</param>
    /// <param name="counter">The APS counter of its message.</param>
    /// <param name="number">Its number.</param>
    /// <param name="now">The time.</param>
    public void Acknowledge(IRadioNode from, ushort sender, byte counter, byte number, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (_unacknowledged.TryGetValue((from.Eui64, sender, counter, number), out Delivery? delivery)
            && IsHeard(from, delivery.From, MacAttempts))
        {
            Schedule(now + AirTimeOf(from, delivery.From) + _options.AckDelay, time => End(delivery, true, time));
        }
    }

    /// <summary>Sends a message to many nodes.</summary>
    /// <param name="from">Who sends.</param>
    /// <param name="frame">The message; its destination says to which.</param>
    /// <param name="now">The time.</param>
    public void Broadcast(IRadioNode from, RadioFrame frame, TimeSpan now)
    {
        Watcher?.Invoke(frame, now);
        Reach(from, frame.Destination, now, (node, time) => Hand(from, node, frame, time));
    }

    /// <summary>Reaches many nodes with something that is no message above the network layer, such as a key.</summary>
    /// <param name="from">Who sends.</param>
    /// <param name="destination">The broadcast address that says to which.</param>
    /// <param name="now">The time.</param>
    /// <param name="reached">Told of each node that it reaches, when it does.</param>
    public void Reach(IRadioNode from, ushort destination, TimeSpan now, Action<IRadioNode, TimeSpan> reached)
    {
        foreach (IRadioNode node in _nodes.Values.Where(node => node.IsJoined && node != from).ToArray())
        {
            bool isSleepy = node.NodeType == EmberNodeType.SleepyEndDevice;
            bool isMeant = destination switch
            {
                RadioFrame.ToAll => true,
                RadioFrame.ToRouters => node.NodeType is EmberNodeType.Coordinator or EmberNodeType.Router,
                _ => !isSleepy,
            };
            TimeSpan at = isSleepy ? node.NextPoll(now) : now + AirTimeOf(from, node);
            bool isInTime = !isSleepy || at <= now + _options.IndirectTimeout;
            if (isMeant && isInTime && IsHeard(from, node, BroadcastRepeats))
            {
                Schedule(at, time => reached(node, time));
            }
        }
    }

    /// <summary>How a node is heard now.</summary>
    /// <param name="node">The node.</param>
    public RadioSignal SignalOf(IRadioNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        int spread = _random.Next(-SignalSpread, SignalSpread + 1);
        return new RadioSignal(
            (byte)Math.Clamp(node.Place.Lqi + spread, byte.MinValue, byte.MaxValue),
            (sbyte)Math.Clamp(node.Place.RssiDbm + spread, sbyte.MinValue, sbyte.MaxValue));
    }

    /// <summary>Whether a message between two nodes gets through in so many attempts.</summary>
    private bool IsHeard(IRadioNode from, IRadioNode to, int attempts)
    {
        if (!IsReachable(from) || !IsReachable(to) || !to.Understands(from))
        {
            return false;
        }

        double loss = 1 - ((1 - _options.Loss) * (1 - LossOf(from)) * (1 - LossOf(to)));
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            if (loss <= 0 || _random.NextDouble() >= loss)
            {
                return true;
            }

            Lost++;
        }

        return false;
    }

    private bool IsReachable(IRadioNode node) => WayOf(node).All(hop => hop.Place.IsInRange);

    private double LossOf(IRadioNode node) => 1 - WayOf(node).Aggregate(1.0, (kept, hop) => kept * (1 - hop.Place.Loss));

    private TimeSpan AirTimeOf(IRadioNode from, IRadioNode to) =>
        _options.AirTime * Math.Max(1, WayOf(from).Count() + WayOf(to).Count() - 1);

    /// <summary>The node and its parents, up to the coordinator, which is not among them.</summary>
    private IEnumerable<IRadioNode> WayOf(IRadioNode node)
    {
        IRadioNode? hop = node;
        for (int hops = 0; hop is not null && hops < MaximumHops; hops++)
        {
            yield return hop;
            hop = hop.Place.Parent is ulong parent ? FindByEui64(parent) : null;
        }
    }

    private void Attempt(Delivery delivery, int attempt, TimeSpan now)
    {
        IRadioNode? to = Find(delivery.Frame.Destination);
        bool wantsAck = delivery.Frame.Aps.Options.HasFlag(EmberApsOptions.Retry);
        if (to is not null && IsHeard(delivery.From, to, MacAttempts))
        {
            TimeSpan arrival = now + AirTimeOf(delivery.From, to);
            Schedule(arrival, time => Arrive(delivery, to, time));
            if (IsAcknowledgedByHost(delivery.Frame, to))
            {
                // Its host says so, or does not.
            }
            else if (!wantsAck || IsHeard(to, delivery.From, MacAttempts))
            {
                TimeSpan acknowledged = wantsAck ? arrival + AirTimeOf(delivery.From, to) + _options.AckDelay : arrival;
                Schedule(acknowledged, time => End(delivery, delivery.IsTaken, time));
                return;
            }
        }

        bool isLast = !wantsAck || attempt == _options.ApsRetries;
        Schedule(now + _options.ApsAckTimeout, time =>
        {
            if (isLast)
            {
                End(delivery, false, time);
            }
            else if (!delivery.IsOver)
            {
                Attempt(delivery, attempt + 1, time);
            }
        });
    }

    private void SendIndirectly(Delivery delivery, IRadioNode sleeper, TimeSpan now)
    {
        TimeSpan poll = sleeper.NextPoll(now);
        TimeSpan end = now + _options.IndirectTimeout;
        if (poll > end || !IsHeard(delivery.From, sleeper, MacAttempts))
        {
            Schedule(end, time => End(delivery, false, time));
            return;
        }

        TimeSpan arrival = poll + AirTimeOf(delivery.From, sleeper);
        Schedule(arrival, time => Arrive(delivery, sleeper, time));
        if (IsAcknowledgedByHost(delivery.Frame, sleeper))
        {
            Schedule(end + _options.IndirectTimeout, time => End(delivery, false, time));
            return;
        }

        Schedule(arrival + _options.AirTime + _options.AckDelay, time => End(delivery, delivery.IsTaken, time));
    }

    private static bool IsAcknowledgedByHost(RadioFrame frame, IRadioNode to) =>
        to.HasFragmentingHost && frame.Aps.Options.HasFlag(EmberApsOptions.Fragment);

    private void SendPieces(IRadioNode from, RadioFrame[] pieces, int number, TimeSpan now, Action<bool, TimeSpan> done) =>
        Unicast(from, pieces[number], now, (isDelivered, time) =>
        {
            if (isDelivered && number < pieces.Length - 1 && from.IsJoined)
            {
                SendPieces(from, pieces, number + 1, time, done);
            }
            else
            {
                done(isDelivered, time);
            }
        });

    private void Arrive(Delivery delivery, IRadioNode to, TimeSpan now)
    {
        RadioFrame frame = delivery.Frame;
        if (IsAcknowledgedByHost(frame, to))
        {
            // The host hears of each repetition: its acknowledgement may have been lost.
            if (!delivery.IsOver)
            {
                _unacknowledged[KeyOf(to, frame)] = delivery;
                Hand(delivery.From, to, frame, now);
            }

            return;
        }

        if (delivery.IsHanded)
        {
            return;
        }

        delivery.IsHanded = true;
        if (!frame.Aps.Options.HasFlag(EmberApsOptions.Fragment))
        {
            Hand(delivery.From, to, frame, now);
            return;
        }

        delivery.IsTaken = _fragments.TryTake(to.Eui64, frame, now, out RadioFrame? whole);
        if (whole is not null)
        {
            Hand(delivery.From, to, whole, now);
        }
    }

    private void End(Delivery delivery, bool isDelivered, TimeSpan now)
    {
        if (!delivery.IsOver)
        {
            delivery.IsOver = true;
            foreach ((ulong, ushort, byte, byte) key in _unacknowledged.Where(entry => entry.Value == delivery).Select(entry => entry.Key)
                .ToArray())
            {
                _unacknowledged.Remove(key);
            }

            delivery.Done(isDelivered, now);
        }
    }

    private static (ulong, ushort, byte, byte) KeyOf(IRadioNode to, RadioFrame frame) =>
        (to.Eui64, frame.Source, frame.Aps.Sequence, (byte)frame.Aps.GroupId);

    private void Hand(IRadioNode from, IRadioNode node, RadioFrame frame, TimeSpan now)
    {
        if (node.IsJoined && node.Understands(from))
        {
            node.OnFrame(frame, SignalOf(from.NodeType == EmberNodeType.Coordinator ? node : from), now);
        }
    }

    /// <summary>One message on its way.</summary>
    private sealed class Delivery(IRadioNode from, RadioFrame frame, Action<bool, TimeSpan> done)
    {
        public IRadioNode From => from;

        public RadioFrame Frame => frame;

        /// <summary>Whether it was handed over: a repetition is not, unless a host acknowledges it.</summary>
        public bool IsHanded { get; set; }

        /// <summary>Whether its receiver has use for it: a piece of a message that it has not the pieces before of it has not.</summary>
        public bool IsTaken { get; set; } = true;

        /// <summary>Whether its sender was told what came of it.</summary>
        public bool IsOver { get; set; }

        public void Done(bool isDelivered, TimeSpan now) => done(isDelivered, now);
    }
}
