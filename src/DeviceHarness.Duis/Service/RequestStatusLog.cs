namespace DeviceHarness.Duis.Service;

/// <summary>The service's log of the requests that it accepted. Pure: time comes in as a parameter. Not safe for several threads.</summary>
internal sealed class RequestStatusLog(ServiceOptions options)
{
    /// <summary>How many requests the log remembers; the oldest go first.</summary>
    public const int MaxEntries = 4_096;

    private readonly Dictionary<RequestId, DateTimeOffset?> _acknowledged = [];
    private readonly Queue<RequestId> _order = [];
    private readonly FaultLottery<LateAcknowledgement> _late = new(options);

    /// <summary>The requests whose acknowledgement a planted fault delays.</summary>
    public IReadOnlyCollection<InjectedFault> Delayed => _late.Hits;

    /// <summary>A request was accepted.</summary>
    public void Accept(RequestId id)
    {
        if (!_acknowledged.TryAdd(id, null))
        {
            return;
        }

        _order.Enqueue(id);
        if (_order.Count > MaxEntries)
        {
            _acknowledged.Remove(_order.Dequeue());
        }
    }

    /// <summary>A request of a variant was answered: from now on its acknowledgement is due.</summary>
    public void Answer(RequestId id, string srv, DateTimeOffset now)
    {
        TimeSpan delay = _late.Draw(id, srv)?.Delay ?? TimeSpan.Zero;
        if (_acknowledged.ContainsKey(id) && delay <= options.StatusTimeout)
        {
            // What is not delayed is done whatever becomes of the clock: a step back must not open the log again.
            _acknowledged[id] = delay == TimeSpan.Zero ? DateTimeOffset.MinValue : now + delay;
        }
    }

    /// <summary>What the log says; null when it does not know the request.</summary>
    public RequestStatus? Find(RequestId id, DateTimeOffset now) => !_acknowledged.TryGetValue(id, out DateTimeOffset? acknowledged)
        ? null
        : acknowledged <= now ? RequestStatus.Complete : RequestStatus.InProgress;
}
