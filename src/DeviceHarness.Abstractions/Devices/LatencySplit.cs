namespace DeviceHarness.Abstractions.Devices;

/// <summary>Where the time of a service request went.</summary>
/// <remarks>Per exchange: t0 = write begins, t1 = first octet read, t2 = last octet read.
/// Line = octets both ways x bits per octet / baud; Device = max(0, t1 - t0 - line time of the request - one octet);
/// Queue = waiting for device or link; Host = total - the other three. Connecting and associating are kept apart in
/// <see cref="Connect"/>.</remarks>
/// <param name="Queue">Waiting for the device or its link.</param>
/// <param name="Host">The harness's own time.</param>
/// <param name="Line">The time the octets occupied the line; zero on a line without a rate.</param>
/// <param name="Device">The device's time to answer.</param>
/// <param name="Connect">Connecting and associating before the first exchange; not part of the total.</param>
/// <param name="Exchanges">How many request-answer pairs were made.</param>
/// <param name="AssociationOpen">Whether the association was open when the request came.</param>
/// <param name="AdapterBound">What the adapter's latency timer may have added; a bound, not a part.</param>
public sealed record LatencySplit(
    TimeSpan Queue, TimeSpan Host, TimeSpan Line, TimeSpan Device, TimeSpan Connect, int Exchanges, bool AssociationOpen,
    TimeSpan AdapterBound)
{
    /// <summary>No time at all: the request never reached a device.</summary>
    public static LatencySplit None { get; } = new(
        TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, Exchanges: 0, AssociationOpen: false, TimeSpan.Zero);

    /// <summary>Queue, host, line and device time together.</summary>
    public TimeSpan Total => Queue + Host + Line + Device;
}
