using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Virtual.Links;

/// <summary>How a secondary station behaves where the standard leaves it open.</summary>
public sealed record HdlcServerLinkOptions
{
    /// <summary>The largest information field that any station may offer, in octets.</summary>
    public const int MaximumInformationOctets = 2030;

    /// <summary>The smallest information field that a station may be limited to, in octets.</summary>
    public const int MinimumInformationOctets = 32;

    /// <summary>The station's own address, of one, two or four octets.</summary>
    public required HdlcAddress Address { get; init; }

    /// <summary>The largest information field that it sends, in octets (32 to 2,030).</summary>
    public int TransmitOctets { get; init; } = 128;

    /// <summary>The largest information field that it receives, in octets (32 to 2,030).</summary>
    public int ReceiveOctets { get; init; } = 128;

    /// <summary>After so long without a frame the link and the association are gone, silently; zero means never.</summary>
    public TimeSpan InactivityTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>After so long without an octet a frame that has begun is dead; at least 200 ms on an optical head.</summary>
    public TimeSpan InterOctetTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the meter thinks before it answers an APDU; until then polls are answered by RR.</summary>
    public TimeSpan ThinkTime { get; init; } = TimeSpan.Zero;

    /// <summary>Whether an SNRM with an unknown parameter is answered by DM; otherwise the parameter is passed over.</summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>The longest APDU that is put together from segments, in octets; a longer one is reported as too long.</summary>
    public int MaximumApduOctets { get; init; } = 4096;
}
