using System.ComponentModel;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Transports.Posix;

/// <summary>The errors of ports, in one place: code, what happened, what to try.</summary>
internal static class TtyFaults
{
    internal static TransportException Missing(string port, string path, int error) =>
        new(
            "TRAN-001", $"{port}: cannot open {path}; is the adapter plugged in and the account in its group?", port,
            new Win32Exception(error));

    internal static TransportException Busy(string port, string path, int error) =>
        new(
            "TRAN-002", $"{port}: {path} is in use by another program; end it, or open without exclusive use", port,
            new Win32Exception(error));

    internal static TransportException NotSet(string port, string setting, int error) =>
        new("TRAN-003", $"{port}: the line cannot be set to {setting}", port, error == 0 ? null : new Win32Exception(error));

    internal static TransportException Gone(string port, string sign, int error) =>
        new("TRAN-004", $"{port}: the port is gone ({sign}); plug the adapter in again and reopen it", port,
            error == 0 ? null : new Win32Exception(error));

    internal static TransportException Closed(string port) =>
        new("TRAN-005", $"{port}: the port was closed", port);

    internal static TransportException DoesNotDrain(string port, TimeSpan waited) =>
        new("TRAN-006", $"{port}: the line took no octet for {waited.TotalMilliseconds:F0} ms; is a flow-control line unconnected?", port);

    internal static TransportException Ambiguous(string port, string path, IEnumerable<string> adapters) =>
        new(
            "TRAN-008",
            $"{port}: {path} is the name of more than one adapter that is plugged in, and leads to whichever came last: "
            + $"{string.Join("; ", adapters)}; their serial numbers do not tell them apart: "
            + "name each by its socket (/dev/serial/by-path/…)",
            port);
}
