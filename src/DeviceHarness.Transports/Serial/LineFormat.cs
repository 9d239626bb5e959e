using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Serial;

/// <summary>Sets the rate and form of an open line and reads what its driver counted.</summary>
internal static class LineFormat
{
    /// <summary>Start bit, eight bits of data or data and parity, stop bit.</summary>
    internal const int BitsPerOctet = 10;

    internal static void CheckBaud(int baud)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(baud, SerialPortSettings.MinimumBaud);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(baud, SerialPortSettings.MaximumBaud);
    }

    /// <summary>Sets the line and reads the speed back: the call reports success even when the driver changed the request.</summary>
    internal static void Apply(PosixHandle handle, string port, int baud, SerialFormat format, uint request)
    {
        Termios2 line = default;
        if (LibC.Control(handle, Termios2.GetRequest, ref line) != 0)
        {
            throw TtyFaults.NotSet(port, "a terminal", Marshal.GetLastPInvokeError());
        }

        line.SetRaw((uint)baud, format == SerialFormat.SevenEven1);
        if (LibC.Control(handle, request, ref line) != 0)
        {
            throw TtyFaults.NotSet(port, $"{baud} baud", Marshal.GetLastPInvokeError());
        }

        // Only the speed fields: for standard speeds the kernel answers with its own baud bits, and a pty turns 7 data bits into 8.
        if (LibC.Control(handle, Termios2.GetRequest, ref line) != 0 || line.Ospeed != (uint)baud || line.Ispeed != (uint)baud)
        {
            throw TtyFaults.NotSet(port, $"{baud} baud (the driver chose {line.Ospeed})", Marshal.GetLastPInvokeError());
        }
    }

    internal static LineStatusCounters? ReadCounters(PosixHandle handle)
    {
        InterruptCounters counters = default;
        return LibC.Control(handle, TtyRequest.LineCounters, ref counters) == 0
            ? new LineStatusCounters(counters.Frame, counters.Overrun, counters.Parity, counters.Break)
            : null;
    }
}
