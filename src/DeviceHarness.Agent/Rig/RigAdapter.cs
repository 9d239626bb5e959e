using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Agent.Rig;

/// <summary>A ZigBee adapter of a rig: devices with <c>via: han</c> are reached through it.</summary>
public sealed record RigAdapter
{
    /// <summary>Its name in the rig file.</summary>
    public required string Name { get; init; }

    /// <summary>The kind, such as <c>ezsp</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The serial port by a stable name; empty for a virtual adapter.</summary>
    public required string Port { get; init; }

    /// <summary>The virtual adapter's model file, relative to the rig file; empty for a real one.</summary>
    public required string Model { get; init; }

    /// <summary>Bits per second.</summary>
    public int Baud { get; init; } = 115_200;

    /// <summary>Whether the line has RTS and CTS; else XOFF of the adapter is obeyed.</summary>
    public bool HasHardwareFlowControl { get; init; } = true;

    /// <summary>Whether it forms the network and is its trust centre; else it joins another's.</summary>
    public bool IsTrustCentre { get; init; } = true;

    /// <summary>The channels that its network may use, as bits 11 to 26.</summary>
    public uint Channels { get; init; } = DefaultChannels;

    /// <summary>The short identifier of the network that it forms; null for one by chance.</summary>
    public ushort? PanId { get; init; }

    /// <summary>The identifier of the network that it forms, null for one by chance; or joins, null for the only one that is
    /// open.</summary>
    public ulong? ExtendedPanId { get; init; }

    /// <summary>Its own install code, which the hub whose network it joins has been told; null for a trust centre.</summary>
    public SecretReference? InstallCode { get; init; }

    /// <summary>The seed of the made-up authority that issued the certificates of a virtual adapter's devices; null for a network without
    /// key establishment.</summary>
    public int? TestAuthority { get; init; }

    /// <summary>The folder of its certificates and their keys; null for an adapter that holds none, or made-up ones.</summary>
    public string? Certificates { get; init; }

    /// <summary>Whether the adapter's own curve library and certificate agree on link keys; else the harness does, with its.</summary>
    public bool AgreesOnKeysItself { get; init; }

    /// <summary>Whether link keys can be agreed on with it.</summary>
    public bool HoldsCertificates => AgreesOnKeysItself || Certificates is not null || TestAuthority is not null;

    /// <summary>What its certificates are worth, for a person.</summary>
    public string CertificateText => AgreesOnKeysItself ? "the certificate that its firmware holds"
        : Certificates is not null ? "certificates of its own"
        : TestAuthority is not null ? "made-up certificates, which no production device accepts"
        : "no certificate: a production device that wants a link key agrees on none, and is asked in vain for what that protects";

    /// <summary>The channels that Smart Energy prefers: 11, 14, 15, 19, 20, 24, 25.</summary>
    public const uint DefaultChannels = (1 << 11) | (1 << 14) | (1 << 15) | (1 << 19) | (1 << 20) | (1 << 24) | (1 << 25);

    /// <summary>Whether it is a virtual one.</summary>
    public bool IsVirtual => Model.Length > 0;
}
