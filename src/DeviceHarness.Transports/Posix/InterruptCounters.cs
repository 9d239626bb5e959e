using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.Posix;

/// <summary><c>struct serial_icounter_struct</c>, 80 octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct InterruptCounters
{
    /// <summary>Changes of modem lines, then octets received and sent.</summary>
    public int Cts, Dsr, Ring, Carrier, Received, Sent;

    /// <summary>Bad octets by kind: frame at 24, overrun at 28, parity at 32, break at 36.</summary>
    public int Frame, Overrun, Parity, Break;

    /// <summary>Octets lost in the kernel's own buffer.</summary>
    public int BufferOverrun;

    /// <summary>Not used.</summary>
    public fixed int Reserved[9];
}
