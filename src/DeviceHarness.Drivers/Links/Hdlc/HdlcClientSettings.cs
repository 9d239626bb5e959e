using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>How a client speaks HDLC with one server.</summary>
public sealed record HdlcClientSettings
{
    /// <summary>The client's address.</summary>
    public required HdlcAddress Client { get; init; }

    /// <summary>The server's address, in the length that the device uses.</summary>
    public required HdlcAddress Server { get; init; }

    /// <summary>What SNRM proposes, from the client's point of view; the defaults are proposed by sending no information field.</summary>
    public HdlcParameters Proposal { get; init; } = HdlcParameters.Default;

    /// <summary>How long an answer may take after the request has left the line, before the link tries again; above zero.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the link tries again after the first time; 0 or more.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The gap between two octets after which a frame is given up.</summary>
    public TimeSpan InterOctetTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a server that has taken the request, but has no answer yet, is left alone between two polls.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The line's rate: an answer cannot begin before the request has passed the line.</summary>
    public LineRate Rate { get; init; } = LineRate.None;

    /// <summary>How long all attempts of one frame wait together.</summary>
    public TimeSpan Patience => ResponseTimeout * (Retries + 1);
}
