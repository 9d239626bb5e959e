using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Duis.Service;

/// <summary>What a site of the service knows of requests that no device is asked about just now. Not safe for several threads.</summary>
internal sealed class SiteRequests
{
    private readonly Dictionary<RequestId, PendingRequest> _quarantine = [];
    private readonly Dictionary<(Eui64 Originator, Eui64 Target), ulong> _counters = [];
    private long _quarantined;

    /// <summary>Those that are held for a later time.</summary>
    public HeldRequests Held { get; } = new();

    /// <summary>The sites of a service: with whole replication they know the same.</summary>
    public static IReadOnlyDictionary<ServiceSite, SiteRequests> Of(SiteReplication replication)
    {
        SiteRequests primary = new();
        return new Dictionary<ServiceSite, SiteRequests>
        {
            [ServiceSite.Primary] = primary,
            [ServiceSite.Secondary] = replication.Requests ? primary : new SiteRequests(),
        };
    }

    /// <summary>The highest counter that came from a User for a device; null when none did.</summary>
    public ulong? LastCounter(Eui64 originator, Eui64 target) => _counters.TryGetValue((originator, target), out ulong last) ? last : null;

    /// <summary>A request was taken. What leaves quarantine is older than what came since, and opens no way for that to come
    /// again.</summary>
    public void Count(RequestId id) =>
        _counters[(id.Originator, id.Target)] = Math.Max(id.Counter, LastCounter(id.Originator, id.Target) ?? 0);

    /// <summary>Puts a request into quarantine.</summary>
    /// <returns>The number of the event at this site, from 1.</returns>
    /// <exception cref="InvalidOperationException"><see cref="SimulatedDcc.MaxPendingRequests"/> are there already.</exception>
    public long Quarantine(PendingRequest request)
    {
        if (_quarantine.Count >= SimulatedDcc.MaxPendingRequests)
        {
            throw new InvalidOperationException($"{SimulatedDcc.MaxPendingRequests} requests are in quarantine already");
        }

        _quarantine[request.Request.Id] = request;
        return ++_quarantined;
    }

    /// <summary>Takes a request out of quarantine.</summary>
    /// <returns>Null when it is not there.</returns>
    public PendingRequest? TakeFromQuarantine(RequestId id) => _quarantine.Remove(id, out PendingRequest? request) ? request : null;

    /// <summary>Forgets a request wherever it is.</summary>
    public void Forget(RequestId id)
    {
        Held.Forget(id);
        _quarantine.Remove(id);
    }
}

/// <summary>A request that waits: for its device, or in quarantine for its User.</summary>
/// <param name="Request">The request.</param>
/// <param name="Entry">Its variant.</param>
/// <param name="Device">Its device.</param>
internal sealed record PendingRequest(DuisRequest Request, SrvEntry Entry, InventoryDevice Device);
