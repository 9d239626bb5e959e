using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>What an adapter that is a trust centre knows, so that another can take its place: the network, its keys and its
/// counters.</summary>
/// <remarks>The keys show themselves to nobody who prints this.</remarks>
public sealed record ZigBeeNetworkBackup
{
    /// <summary>The adapter's EUI-64: devices know their trust centre by it.</summary>
    public required ulong Eui64 { get; init; }

    /// <summary>The network.</summary>
    public required ZigBeeNetwork Network { get; init; }

    /// <summary>The network key in use, 16 octets.</summary>
    public required CipherKey NetworkKey { get; init; }

    /// <summary>The number of the network key.</summary>
    public required byte NetworkKeySequence { get; init; }

    /// <summary>The trust centre's own link key, 16 octets.</summary>
    public required CipherKey TrustCentreKey { get; init; }

    /// <summary>The counter of the last frame sent under the network key.</summary>
    public required uint NetworkFrameCounter { get; init; }

    /// <summary>The counter of the last frame sent under a link key.</summary>
    public required uint ApsFrameCounter { get; init; }

    /// <summary>The link keys that devices agreed on, by the device.</summary>
    public required IReadOnlyDictionary<ulong, CipherKey> LinkKeys { get; init; }

    /// <summary>The same with counters that no device has heard yet.</summary>
    /// <param name="by">How many frames may have been sent since it was taken.</param>
    /// <exception cref="OverflowException">A counter is used up: the network needs another key, and then each device.</exception>
    public ZigBeeNetworkBackup Raised(uint by) => this with
    {
        NetworkFrameCounter = checked(NetworkFrameCounter + by),
        ApsFrameCounter = checked(ApsFrameCounter + by),
    };
}
