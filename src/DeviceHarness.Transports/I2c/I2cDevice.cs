using System.Globalization;
using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.I2c;

/// <summary>A device at an I2C bus of this machine, through the kernel's character device. Safe for use from any thread.</summary>
/// <remarks>Spec: Linux uAPI, <c>linux/i2c-dev.h</c>.</remarks>
public sealed unsafe class I2cDevice : II2cDevice
{
    private const int OpenReadWriteCloseOnExec = TtyRequest.OpenReadWrite | TtyRequest.OpenCloseOnExec;

    private readonly PosixHandle _handle;
    private readonly ushort _address;

    private I2cDevice(PosixHandle handle, string name, ushort address)
    {
        _handle = handle;
        _address = address;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Opens a device. Nothing is sent: whether anything is there shows with the first transfer.</summary>
    /// <param name="bus">The path of the bus, such as <c>/dev/i2c-1</c>.</param>
    /// <param name="address">The address of seven bits, 0x08 to 0x77.</param>
    /// <exception cref="Abstractions.Errors.TransportException">I2C-001 there is no such bus, or it is none; I2C-002 a driver of the kernel
    /// has the address.</exception>
    public static I2cDevice Open(string bus, int address)
    {
        ArgumentException.ThrowIfNullOrEmpty(bus);
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x08);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x77);
        string name = string.Create(CultureInfo.InvariantCulture, $"{bus} 0x{address:X2}");
        PosixHandle handle = LibC.Open(bus, OpenReadWriteCloseOnExec);
        ulong functions = 0;
        if (handle.IsInvalid || LibC.Control(handle, I2cLayouts.Functions, ref functions) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw I2cFaults.NoBus(name, bus, error);
        }

        if ((functions & I2cLayouts.PlainMessages) == 0)
        {
            handle.Dispose();
            throw I2cFaults.NoPlainMessages(name, bus);
        }

        if (LibC.Control(handle, I2cLayouts.Slave, address) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw I2cFaults.Held(name, error);
        }

        return new I2cDevice(handle, name, (ushort)address);
    }

    /// <inheritdoc/>
    public void Transfer(ReadOnlySpan<byte> written, Span<byte> read)
    {
        ArgumentOutOfRangeException.ThrowIfZero(written.Length, nameof(written));
        fixed (byte* from = written)
        fixed (byte* to = read)
        {
            I2cMessage* messages = stackalloc I2cMessage[2];
            messages[0] = new I2cMessage { Address = _address, Length = (ushort)written.Length, Octets = from };
            messages[1] = new I2cMessage { Address = _address, Flags = I2cLayouts.Read, Length = (ushort)read.Length, Octets = to };
            I2cTransfer transfer = new() { Messages = messages, Count = read.IsEmpty ? 1U : 2U };
            try
            {
                if (LibC.Control(_handle, I2cLayouts.ReadWrite, ref transfer) < 0)
                {
                    throw I2cFaults.Failed(Name, Marshal.GetLastPInvokeError());
                }
            }
            catch (ObjectDisposedException)
            {
                throw I2cFaults.Closed(Name);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
