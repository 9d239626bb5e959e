namespace DeviceHarness.TestKit.Net;

/// <summary>The HTTP/2 PING frames of one direction.</summary>
public sealed class PingCounts
{
    /// <summary>Pings that ask.</summary>
    public RisingCount Asked { get; } = new();

    /// <summary>Pings that answer one of the other direction.</summary>
    public RisingCount Answered { get; } = new();
}
