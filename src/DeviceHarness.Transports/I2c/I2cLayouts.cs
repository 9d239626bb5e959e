using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.I2c;

/// <summary>The numbers of the I2C character device.</summary>
/// <remarks>Spec: Linux uAPI, <c>linux/i2c-dev.h</c> (requests) and <c>linux/i2c.h</c> (messages, functions).</remarks>
internal static class I2cLayouts
{
    /// <summary><c>I2C_SLAVE</c>: the address to talk to; refused while a driver of the kernel has it.</summary>
    internal const uint Slave = 0x0703;

    /// <summary><c>I2C_FUNCS</c>: what the adapter can do.</summary>
    internal const uint Functions = 0x0705;

    /// <summary><c>I2C_RDWR</c>: messages in one transfer.</summary>
    internal const uint ReadWrite = 0x0707;

    /// <summary><c>I2C_FUNC_I2C</c>: plain messages, not SMBus alone.</summary>
    internal const ulong PlainMessages = 0x00000001;

    /// <summary><c>I2C_M_RD</c>: the message is read from the device.</summary>
    internal const ushort Read = 0x0001;
}

/// <summary><c>struct i2c_msg</c>, 16 octets where a pointer has 8.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct I2cMessage
{
    public ushort Address;
    public ushort Flags;
    public ushort Length;
    public byte* Octets;
}

/// <summary><c>struct i2c_rdwr_ioctl_data</c>, 16 octets where a pointer has 8.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct I2cTransfer
{
    public I2cMessage* Messages;
    public uint Count;
}
