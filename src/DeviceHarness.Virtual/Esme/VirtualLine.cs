using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Virtual.Esme;

/// <summary>The line that a virtual device is put on.</summary>
/// <param name="Transport">The open transport; whoever opened it disposes of it.</param>
public sealed record VirtualLine(IByteTransport Transport)
{
    /// <summary>Whether it is one connection of many, which the device ends when it loses its power or cannot read on.</summary>
    public bool IsConnection { get; init; }

    /// <summary>The rate that the device expects, in baud; 0 accepts any.</summary>
    public int Baud { get; init; }

    /// <summary>Tells the rate that the client has set, in baud, where the line can tell (a pseudo-terminal can); null where it
    /// cannot.</summary>
    public Func<int>? ReadClientBaud { get; init; }

    /// <summary>Told when octets come at a wrong rate, with the client's rate in baud; once until the rate is right again. Must not
    /// block.</summary>
    public Action<int>? WrongBaudSeen { get; init; }
}
