using DeviceHarness.Virtual.ZigBee.KeyEstablishment;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>What a virtual adapter is.</summary>
public sealed record NcpOptions
{
    /// <summary>The version of the protocol that it speaks: 4 to 14, 16 to 18.</summary>
    public byte ProtocolVersion { get; init; } = 13;

    /// <summary>Its EUI-64.</summary>
    public ulong Eui64 { get; init; } = 0x00124B0001020304;

    /// <summary>Who issued its own certificate; null for an adapter without the elliptic curve library, as stock images are.</summary>
    public TestAuthority? Authority { get; init; }

    /// <summary>How its side of the link behaves.</summary>
    public AshNcpOptions Link { get; init; } = new();

    /// <summary>How long forming, joining, leaving or going on in a network takes.</summary>
    public TimeSpan NetworkTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long after the next network key the switch to it is refused.</summary>
    public TimeSpan KeySwitchTime { get; init; } = TimeSpan.FromSeconds(9);

    /// <summary>The networks beside its own that it can hear, and join.</summary>
    public IReadOnlyList<NeighbourNetwork> Neighbours { get; init; } = [];

    /// <summary>The version of the stack that speaks the protocol version, a digit in four bits.</summary>
    public ushort StackVersion => ProtocolVersion switch
    {
        <= 4 => 0x4700,
        5 => 0x5900,
        6 => 0x6000,
        7 => 0x6400,
        8 => 0x6700,
        9 => 0x7100,
        <= 11 => 0x7200,
        12 => 0x7300,
        13 => 0x7430,
        14 => 0x8000,
        16 => 0x8100,
        17 => 0x8200,
        _ => 0x8220,
    };
}
