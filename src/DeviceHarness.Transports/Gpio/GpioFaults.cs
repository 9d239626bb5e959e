using System.ComponentModel;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Gpio;

/// <summary>The errors of GPIO lines, in one place: code, what happened, what to try.</summary>
internal static class GpioFaults
{
    internal static TransportException NoChip(GpioLineSettings line, string found) =>
        new(
            "GPIO-001", $"{Name(line)}: there is no GPIO chip '{line.Chip}' ({found}); 'chip' is its path or its label, and the account is "
            + "to be in the group that owns /dev/gpiochip*", Name(line));

    internal static TransportException NoLine(GpioLineSettings line, uint lines) =>
        new(
            "GPIO-001", $"{Name(line)}: the chip '{line.Chip}' has no line '{line.Line}'; it has {lines}, and 'line' is a name such as "
            + "GPIO17 or a number", Name(line));

    internal static TransportException NotTaken(GpioLineSettings line, string owner, int error) => error == Errno.Busy
        ? new TransportException(
            "GPIO-002", $"{Name(line)}: the line is held by '{owner}'; end that program", Name(line), new Win32Exception(error))
        : new TransportException(
            "GPIO-003", $"{Name(line)}: the line cannot be taken so; is the pull or the debounce one that the chip has?", Name(line),
            new Win32Exception(error));

    internal static TransportException Gone(GpioLineSettings line, string sign, int error) =>
        new(
            "GPIO-004", $"{Name(line)}: the line is gone ({sign}); plug its board in again", Name(line),
            error == 0 ? null : new Win32Exception(error));

    internal static TransportException Closed(GpioLineSettings line) => new("GPIO-005", $"{Name(line)}: the line was closed", Name(line));

    internal static string Name(GpioLineSettings line) => $"{line.Chip} {line.Line}";
}
