namespace DeviceHarness.Duis.Service;

/// <summary>Decides which requests the faults of one kind hit. Not safe for several threads.</summary>
/// <typeparam name="T">The kind of fault.</typeparam>
internal sealed class FaultLottery<T>(ServiceOptions options)
    where T : RequestFault
{
    private readonly Ticket[] _tickets = [.. options.Faults.OfType<T>().Select(fault => new Ticket(fault))];

    /// <summary>Decides on one request; each is asked for once, as the choice follows the order of the requests.</summary>
    /// <returns>The first fault that hits it; null when none does.</returns>
    public T? Draw(RequestId id, string srv) => _tickets.FirstOrDefault(ticket => ticket.Hits(id, srv))?.Fault;

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
