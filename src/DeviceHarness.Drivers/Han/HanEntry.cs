using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>What an adapter brings to become a member of a network that a hub has formed.</summary>
public sealed record HanEntry
{
    /// <summary>The adapter's own install code, which the hub has been told; a secret.</summary>
    public required InstallCode Code { get; init; }

    /// <summary>The channels on which the network is looked for, as bits 11 to 26.</summary>
    public required uint Channels { get; init; }

    /// <summary>The network's identifier; null for the only one that lets devices join.</summary>
    public ulong? ExtendedPanId { get; init; }

    /// <summary>As what: router or end device.</summary>
    public ZigBeeRole Role { get; init; } = ZigBeeRole.Router;
}

/// <summary>An adapter is a member of a hub's network.</summary>
/// <param name="Network">The network.</param>
/// <param name="TrustCentre">The hub.</param>
/// <param name="IsNew">Whether it joined just now; else it was in the network before.</param>
/// <param name="HasLinkKey">Whether it shares a link key with the hub; without certificates it has none.</param>
public sealed record HanEntered(ZigBeeNetwork Network, HanNode TrustCentre, bool IsNew, bool HasLinkKey);
