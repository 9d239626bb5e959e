using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Serial;

/// <summary>How a serial port is opened.</summary>
public sealed record SerialPortSettings
{
    /// <summary>The lowest rate accepted, in baud.</summary>
    public const int MinimumBaud = 50;

    /// <summary>The highest rate accepted, in baud: the fastest that common USB adapters make.</summary>
    public const int MaximumBaud = 12_000_000;

    /// <summary>The device node or a link to it, such as <c>/dev/serial/by-id/…</c>. A link is resolved anew at every open.</summary>
    public required string Path { get; init; }

    /// <summary>The port's name in messages and evidence; empty means <see cref="Path"/>.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Bits per second, any number from <see cref="MinimumBaud"/> to <see cref="MaximumBaud"/> that the adapter can
    /// make.</summary>
    public int Baud { get; init; } = 9600;

    /// <summary>The form of an octet on the line.</summary>
    public SerialFormat Format { get; init; } = SerialFormat.EightNone1;

    /// <summary>Whether RTS and CTS hold the senders back (CRTSCTS): for a cable that has both lines. Where CTS is not connected nothing is
    /// sent: writes end with TRAN-006 after <see cref="WriteStallLimit"/>.</summary>
    public bool HasHardwareFlowControl { get; init; }

    /// <summary>Whether other programs are kept out, by <c>flock</c> (which stops root too, if the other program asks) and
    /// TIOCEXCL.</summary>
    public bool ExclusiveUse { get; init; } = true;

    /// <summary>The DTR line after opening; null leaves it as opening set it (raised). Ignored on a port without modem lines.</summary>
    public bool? Dtr { get; init; }

    /// <summary>The RTS line after opening; null leaves it as opening set it (raised). Ignored on a port without modem lines.</summary>
    public bool? Rts { get; init; }

    /// <summary>Whether octets cost time on this line: false for a pseudo-terminal whose far end does not pace them.</summary>
    public bool HasLineTime { get; init; } = true;

    /// <summary>Whether what waits for a read goes on in the port's own thread (saves a hop, and must never block) instead of the thread
    /// pool.</summary>
    public bool CompletesReadsInline { get; init; }

    /// <summary>How long a write waits for the line to take one more octet before it gives up.</summary>
    public TimeSpan WriteStallLimit { get; init; } = TimeSpan.FromSeconds(10);
}
