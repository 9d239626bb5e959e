using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Virtual.Links.Optical;

namespace DeviceHarness.Virtual.Links;

/// <summary>How the device's end of a link behaves where the standard leaves it open.</summary>
public sealed record ServerLinkOptions
{
    /// <summary>The largest information field that any station may offer, in octets.</summary>
    public const int MaximumInformationOctets = 2030;

    /// <summary>The smallest information field that a station may be limited to, in octets.</summary>
    public const int MinimumInformationOctets = 32;

    /// <summary>Whether the device is reached by the wrapper on TCP and has no HDLC link.</summary>
    public bool IsOverTcp { get; init; }

    /// <summary>The station's own HDLC address, of one, two or four octets.</summary>
    public required HdlcAddress Address { get; init; }

    /// <summary>The largest information field that it sends, in octets (32 to 2,030).</summary>
    public int TransmitOctets { get; init; } = 128;

    /// <summary>The largest information field that it receives, in octets (32 to 2,030).</summary>
    public int ReceiveOctets { get; init; } = 128;

    /// <summary>How many I frames it sends before it waits for an acknowledgement (1 to 7).</summary>
    public int TransmitWindowFrames { get; init; } = 1;

    /// <summary>How many I frames it takes before it is polled (1 to 7); what comes beyond is not taken.</summary>
    public int ReceiveWindowFrames { get; init; } = 1;

    /// <summary>After so long without a frame the link and the association are gone, silently; zero means never.</summary>
    public TimeSpan InactivityTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>After so long without an octet a frame that has begun is dead; at least 200 ms on an optical head.</summary>
    public TimeSpan InterOctetTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the meter thinks before it answers an APDU; until then polls are answered by RR, or RNR.</summary>
    public TimeSpan ThinkTime { get; init; } = TimeSpan.Zero;

    /// <summary>Whether it is busy while it thinks: polls are answered by RNR, and I frames are not taken.</summary>
    public bool IsBusyWhileThinking { get; init; }

    /// <summary>Whether an SNRM with an unknown parameter is answered by DM; otherwise the parameter is passed over.</summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>Whether the optical head at the client's end gives it back every octet that it sends.</summary>
    public bool IsEchoed { get; init; }

    /// <summary>How its optical port signs a client on before HDLC; null where the line carries HDLC from the start.</summary>
    public OpticalPortOptions? SignOn { get; init; }

    /// <summary>The device's port of the wrapper on TCP (1 to 65,535): its logical device.</summary>
    public int WrapperPort { get; init; } = 1;

    /// <summary>The longest APDU that is put together from segments, in octets; a longer one is reported as too long.</summary>
    public int MaximumApduOctets { get; init; } = 4096;
}
