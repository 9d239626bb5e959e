using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.Posix;

/// <summary><c>struct serial_struct</c>, 72 octets on 64-bit systems; only the flags at 16 are ours.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SerialStruct
{
    /// <summary>ASYNC_LOW_LATENCY: ftdi_sio then uses a latency timer of 1 ms.</summary>
    public const int LowLatency = 0x2000;

    /// <summary>Type, line, port and interrupt of the UART.</summary>
    public fixed int Before[4];

    /// <summary>The flags, at 16.</summary>
    public int Flags;

    /// <summary>What follows the flags.</summary>
    public fixed int After[13];
}
