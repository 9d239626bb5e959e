namespace DeviceHarness.Abstractions.Transports;

/// <summary>What an octet costs on a line.</summary>
/// <param name="Baud">Bits per second; 0 on a line without a rate (TCP, memory, an unpaced pseudo-terminal).</param>
/// <param name="BitsPerOctet">Start, data, parity and stop bits of one octet: 10 for 8N1 and 7E1.</param>
public readonly record struct LineRate(int Baud, int BitsPerOctet)
{
    /// <summary>A line without a rate: octets cost no line time.</summary>
    public static LineRate None => default;

    /// <summary>The time that so many octets occupy the line; zero on a line without a rate.</summary>
    public TimeSpan TimeOf(int octets) =>
        Baud == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(TimeSpan.TicksPerSecond * octets * BitsPerOctet / Baud);
}
