using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

namespace DeviceHarness.Drivers.Han;

/// <summary>What a home area network is made from.</summary>
public sealed record HanNetworkOptions
{
    /// <summary>The adapter; the network owns it, and nobody else reads its events.</summary>
    public required IZigBeeAdapter Adapter { get; init; }

    /// <summary>Times and limits.</summary>
    public HanSettings Settings { get; init; } = new();

    /// <summary>Own certificates and trusted authorities; null when no key is established here.</summary>
    public EstablishmentSettings? Establishment { get; init; }

    /// <summary>Where the keys and counters of the trust centre are kept; null for a network that ends with its adapter.</summary>
    public IHanStateStore? State { get; init; }

    /// <summary>The networks that this one's radio hears.</summary>
    public HanRadioDomain Domain { get; init; } = new();

    /// <summary>The clock of the time-outs.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The clock that devices are told; null for <see cref="TimeProvider"/>.</summary>
    public TimeProvider? Calendar { get; init; }

    /// <summary>Clusters that are served beside Basic, Time, Keep-Alive and Key Establishment; the first of a cluster that takes a message
    /// answers it.</summary>
    public IReadOnlyList<IHanServer> Servers { get; init; } = [];
}
