using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>The devices that belong to the trust centre's network, whether they are heard or not, and how one ceases to.</summary>
/// <remarks>
/// Where link keys are agreed on, who holds one belongs to it, and who joined and still has time to agree on one; else whoever is heard.
/// One that was removed and did not hear of it does not, however often it is heard, until it joins anew. Source: this harness's ZigBee
/// guide 15, item 16: the adapter's key table has room for so many devices, so that the key of one that is gone is erased.
/// </remarks>
internal sealed class HanMembers(
    IZigBeeAdapter adapter, HanDirectory directory, HanOutbox outbox, TimeProvider timeProvider, Action<HanEvent> tell)
{
    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _removed = [];

    /// <summary>Who agrees on link keys; null when nobody does.</summary>
    internal required HanKeyDesk? Keys { get; init; }

    /// <summary>The devices that have no link key yet; null when none is agreed on here.</summary>
    internal required HanProbation? Probation { get; init; }

    /// <summary>Who keeps the keys; null when nobody does.</summary>
    internal required HanKeeper? Keeper { get; init; }

    /// <summary>The members, by EUI-64.</summary>
    internal async Task<IReadOnlyList<HanNetworkMember>> ListAsync(CancellationToken cancellationToken)
    {
        SortedDictionary<ulong, DateTimeOffset?> known = [];
        foreach (HanNode node in directory.All)
        {
            known[node.Eui64] = node.LastHeardAt;
        }

        foreach (ulong kept in Keeper?.KeptDevices ?? [])
        {
            known.TryAdd(kept, null);
        }

        List<HanNetworkMember> members = [];
        foreach ((ulong eui64, DateTimeOffset? heardAt) in known)
        {
            if (eui64 != adapter.Identity?.Eui64 && !IsRemoved(eui64) && await BelongsAsync(eui64, cancellationToken).ConfigureAwait(false))
            {
                members.Add(new(eui64, heardAt));
            }
        }

        return members;
    }

    /// <summary>Tells a device to leave, if it can be told, and forgets it with its link key all the same.</summary>
    internal async Task ForgetAsync(ulong eui64, CancellationToken cancellationToken)
    {
        ushort? nodeId = directory.Find(eui64)?.NodeId ?? await adapter.FindNodeAsync(eui64, cancellationToken).ConfigureAwait(false);
        if (nodeId is { } node)
        {
            try
            {
                await adapter.RemoveDeviceAsync(node, eui64, cancellationToken).ConfigureAwait(false);
            }
            catch (AdapterException refused) when (refused.Fault == AdapterFault.Refused)
            {
                // Who is broken or away cannot be told, and is forgotten for just that.
                tell(new HanFault(refused, timeProvider.GetUtcNow()));
            }
        }

        await adapter.EraseLinkKeyAsync(eui64, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _removed.Add(eui64);
        }

        directory.Remove(eui64);
        outbox.Gone(eui64);
        Keys?.Drop(eui64);
        Probation?.End(eui64);
        await (Keeper?.KeepAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <summary>A device joined anew.</summary>
    internal void Joined(ulong eui64)
    {
        lock (_gate)
        {
            _removed.Remove(eui64);
        }
    }

    /// <summary>The network is another one.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _removed.Clear();
        }
    }

    private bool IsRemoved(ulong eui64)
    {
        lock (_gate)
        {
            return _removed.Contains(eui64);
        }
    }

    private async Task<bool> BelongsAsync(ulong eui64, CancellationToken cancellationToken) =>
        Keys is null || Probation?.HasTime(eui64) == true
        || await adapter.HasLinkKeyAsync(eui64, cancellationToken).ConfigureAwait(false);
}
