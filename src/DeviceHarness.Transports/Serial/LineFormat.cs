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
    internal static void Apply(
        PosixHandle handle, string port, int baud, SerialFormat format, bool hasFlowControl, uint request)
    {
        Termios2 line = default;
        if (LibC.Control(handle, Termios2.GetRequest, ref line) != 0)
        {
            throw TtyFaults.NotSet(port, "a terminal", Marshal.GetLastPInvokeError());
        }

        line.SetRaw((uint)baud, format == SerialFormat.SevenEven1, hasFlowControl);
        if (LibC.Control(handle, request, ref line) != 0)
        {
            throw TtyFaults.NotSet(port, $"{baud} baud", Marshal.GetLastPInvokeError());
        }

        if (LibC.Control(handle, Termios2.GetRequest, ref line) != 0)
        {
            throw TtyFaults.NotSet(port, $"{baud} baud", Marshal.GetLastPInvokeError());
        }

        if (NotKept(line, baud, hasFlowControl) is { } setting)
        {
            throw TtyFaults.NotSet(port, setting, error: 0);
        }
    }

    /// <summary>What a driver did not do of what it was asked; null when it did all.</summary>
    /// <remarks>Of the rate only the speed fields tell: for standard speeds the kernel answers with its own baud bits. The size of an octet
    /// tells nothing: a pty turns 7 data bits into 8. Some drivers keep the flag of the flow control and do nothing for it; no call
    /// tells.</remarks>
    /// <param name="line">What the driver set.</param>
    /// <param name="baud">The rate that was asked for.</param>
    /// <param name="hasFlowControl">Whether RTS and CTS were asked for.</param>
    internal static string? NotKept(in Termios2 line, int baud, bool hasFlowControl)
    {
        if (line.Ospeed != (uint)baud || line.Ispeed != (uint)baud)
        {
            return $"{baud} baud (the driver chose {line.Ospeed})";
        }

        return hasFlowControl && (line.Cflag & Termios2.RequestAndClearToSend) == 0
            ? "flow control by RTS and CTS (the port's driver has none; take another adapter, or 'flow-control: xon-xoff' when the far end "
                + "can)"
            : null;
    }

    /// <summary>Whether RTS and CTS hold the senders of an open line back.</summary>
    internal static bool HasFlowControl(PosixHandle handle)
    {
        Termios2 line = default;
        return LibC.Control(handle, Termios2.GetRequest, ref line) == 0 && (line.Cflag & Termios2.RequestAndClearToSend) != 0;
    }

    internal static LineStatusCounters? ReadCounters(PosixHandle handle)
    {
        InterruptCounters counters = default;
        return LibC.Control(handle, TtyRequest.LineCounters, ref counters) == 0
            ? new LineStatusCounters(counters.Frame, counters.Overrun, counters.Parity, counters.Break)
            : null;
    }
}
