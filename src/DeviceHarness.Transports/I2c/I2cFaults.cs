using System.ComponentModel;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.I2c;

/// <summary>The errors of I2C devices, in one place: code, what happened, what to try.</summary>
internal static class I2cFaults
{
    internal static TransportException NoBus(string name, string bus, int error) =>
        new(
            "I2C-001", $"{name}: the I2C bus {bus} cannot be opened; is it enabled (on a Raspberry Pi: raspi-config), is 'bus' its path, "
            + "and is the account in the group that owns /dev/i2c-*?", name, new Win32Exception(error));

    internal static TransportException NoPlainMessages(string name, string bus) =>
        new("I2C-001", $"{name}: the adapter of {bus} transfers SMBus commands alone; use another bus", name);

    internal static TransportException Held(string name, int error) =>
        new(
            "I2C-002", $"{name}: a driver of the kernel holds the address; take the device out of the device tree, or give it another "
            + "address", name, new Win32Exception(error));

    internal static TransportException Failed(string name, int error) => error is Errno.NoSuchAddress or Errno.RemoteInputOutput
        ? new TransportException(
            "I2C-003", $"{name}: nothing acknowledges the address; is the sensor powered and wired, and is 'address' as its pins A0 and A1 "
            + "are tied?", name, new Win32Exception(error))
        : new TransportException(
            "I2C-004", $"{name}: the bus fails; look at its wires, its pull-ups and its length", name, new Win32Exception(error));

    internal static TransportException Closed(string name) => new("I2C-005", $"{name}: the device was closed", name);
}
