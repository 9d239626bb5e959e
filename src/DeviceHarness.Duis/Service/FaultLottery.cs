namespace DeviceHarness.Duis.Service;

/// <summary>Decides which requests the faults of one kind hit. Not safe for several threads.</summary>
/// <typeparam name="T">The kind of fault.</typeparam>
internal sealed class FaultLottery<T>(ServiceOptions options)
    where T : RequestFault
{
    /// <summary>How many hits are remembered; the oldest go first.</summary>
    public const int MaximumHits = 4_096;

    private readonly Ticket[] _tickets = [.. options.Faults.OfType<T>().Select(fault => new Ticket(fault))];
    private readonly Queue<InjectedFault> _hits = [];

    /// <summary>What was hit, in order.</summary>
    public IReadOnlyCollection<InjectedFault> Hits => _hits;

    /// <summary>Decides on one request; each is asked for once, as the choice follows the order of the requests.</summary>
    /// <returns>The first fault that hits it; null when none does.</returns>
    public T? Draw(RequestId id, string srv)
    {
        T? fault = _tickets.FirstOrDefault(ticket => ticket.Hits(id, srv))?.Fault;
        if (fault is not null)
        {
            _hits.Enqueue(new InjectedFault(id, srv, fault));
            if (_hits.Count > MaximumHits)
            {
                _ = _hits.Dequeue();
            }
        }

        return fault;
    }

    private sealed class Ticket(T fault)
    {
        private readonly Random _random = new(fault.Seed);
        private int _left = fault.Times ?? int.MaxValue;

        public T Fault => fault;

        public bool Hits(RequestId id, string srv)
        {
            bool isHit = _left > 0 && fault.Devices?.Contains(id.Target) != false && (fault.Srv is null || fault.Srv == srv)
                && _random.NextDouble() < fault.Share;
            _left -= isHit && fault.Times is not null ? 1 : 0;
            return isHit;
        }
    }
}
