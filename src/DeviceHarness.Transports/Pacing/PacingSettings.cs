namespace DeviceHarness.Transports.Pacing;

/// <summary>How octets are released on a paced line.</summary>
public sealed record PacingSettings
{
    /// <summary>The stretch of line time that is released in one piece: real ports deliver in lumps too. 16 ms is how many FTDI adapters
    /// do.</summary>
    public TimeSpan Chunk { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Frames shorter than this end early by <see cref="Lead"/>, since a wake-up is that much late.</summary>
    public TimeSpan ShortFrame { get; init; } = TimeSpan.FromMilliseconds(9);

    /// <summary>How much early the end of a short frame is aimed at.</summary>
    public TimeSpan Lead { get; init; } = TimeSpan.FromMicroseconds(60);
}
