using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Upgrades;

namespace DeviceHarness.Virtual.ZigBee.Hub;

/// <summary>What a virtual comms hub on the radio is: the coordinator and trust centre of the network there.</summary>
public sealed record HanHubModel
{
    /// <summary>Its EUI-64.</summary>
    public required ulong Eui64 { get; init; }

    /// <summary>The network's extended PAN id.</summary>
    public required ulong ExtendedPanId { get; init; }

    /// <summary>The network's PAN id.</summary>
    public ushort PanId { get; init; } = 0x5A5A;

    /// <summary>The channel, 11 to 26.</summary>
    public byte Channel { get; init; } = 15;

    /// <summary>The network key at the start.</summary>
    public required EzspKey NetworkKey { get; init; }

    /// <summary>Who may join, by EUI-64, and the link key that its install code makes.</summary>
    public IReadOnlyDictionary<ulong, EzspKey> Admits { get; init; } = new Dictionary<ulong, EzspKey>();

    /// <summary>Who issued its certificate.</summary>
    public required TestAuthority Authority { get; init; }

    /// <summary>The firmware version that it left the factory with.</summary>
    public string FirmwareVersion { get; init; } = "1.0.0";

    /// <summary>How it fetches firmware from who tells it of an image; null for a hub that does not.</summary>
    public UpgradeClientOptions? Upgrades { get; init; }

    /// <summary>A defect: it lets nobody in, and says that it is open.</summary>
    public bool RefusesJoins { get; init; }

    /// <summary>A defect: it does not tell the last of its neighbours.</summary>
    public bool LosesLogEntry { get; init; }

    /// <summary>A defect: how often it restarts by itself, away for half a minute; null for a hub that does not.</summary>
    public TimeSpan? RestartsEvery { get; init; }
}
