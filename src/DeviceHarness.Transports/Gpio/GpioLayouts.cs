using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeviceHarness.Transports.Gpio;

/// <summary>Sizes, flags and control requests of the GPIO character device, version 2 (Linux 5.10 and later, <c>linux/gpio.h</c>); the same
/// on x86-64 and arm64.</summary>
internal static class GpioLayouts
{
    internal const int NameOctets = 32;
    internal const int LinesOfRequest = 64;

    internal const uint GetChipInfo = 0x8044_B401;
    internal const uint GetLineInfo = 0xC100_B405;
    internal const uint GetLine = 0xC250_B407;
    internal const uint GetValues = 0xC010_B40E;
    internal const uint SetValues = 0xC010_B40F;

    internal const ulong Used = 1;
    internal const ulong ActiveLow = 2;
    internal const ulong Input = 4;
    internal const ulong Output = 8;
    internal const ulong EdgeRising = 0x10;
    internal const ulong EdgeFalling = 0x20;
    internal const ulong PullUp = 0x100;
    internal const ulong PullDown = 0x200;
    internal const ulong BiasDisabled = 0x400;

    internal const uint OutputValuesAttribute = 2;
    internal const uint DebounceAttribute = 3;

    internal const uint RisingEdge = 1;
}

/// <summary><c>struct gpiochip_info</c>, 68 octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GpioChipInfo
{
    public fixed byte Name[GpioLayouts.NameOctets];
    public fixed byte Label[GpioLayouts.NameOctets];
    public uint Lines;
}

/// <summary><c>struct gpio_v2_line_attribute</c>, 16 octets: flags, output values or a debounce in microseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GpioLineAttribute
{
    public uint Id;
    public uint Padding;
    public ulong Value;
}

/// <summary><c>struct gpio_v2_line_config_attribute</c>, 24 octets: an attribute, and which of the requested lines it is for.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GpioConfigAttribute
{
    public GpioLineAttribute Attribute;
    public ulong Mask;
}

/// <summary>The ten attributes of a configuration.</summary>
[InlineArray(10)]
internal struct GpioConfigAttributes
{
    private GpioConfigAttribute _first;
}

/// <summary>The ten attributes of a line's information.</summary>
[InlineArray(10)]
internal struct GpioLineAttributes
{
    private GpioLineAttribute _first;
}

/// <summary><c>struct gpio_v2_line_config</c>, 272 octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GpioLineConfig
{
    public ulong Flags;
    public uint Count;
    public fixed uint Padding[5];
    public GpioConfigAttributes Attributes;
}

/// <summary><c>struct gpio_v2_line_request</c>, 592 octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GpioLineRequest
{
    public fixed uint Offsets[GpioLayouts.LinesOfRequest];
    public fixed byte Consumer[GpioLayouts.NameOctets];
    public GpioLineConfig Config;
    public uint Lines;
    public uint EventBufferSize;
    public fixed uint Padding[5];
    public int Descriptor;
}

/// <summary><c>struct gpio_v2_line_info</c>, 256 octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GpioLineInfo
{
    public fixed byte Name[GpioLayouts.NameOctets];
    public fixed byte Consumer[GpioLayouts.NameOctets];
    public uint Offset;
    public uint Count;
    public ulong Flags;
    public GpioLineAttributes Attributes;
    public fixed uint Padding[4];
}

/// <summary><c>struct gpio_v2_line_values</c>, 16 octets: bit i is the i-th requested line.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GpioLineValues
{
    public ulong Bits;
    public ulong Mask;
}

/// <summary><c>struct gpio_v2_line_event</c>, 48 octets; the stamp is of CLOCK_MONOTONIC.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GpioLineEvent
{
    public ulong TimestampNanoseconds;
    public uint Id;
    public uint Offset;
    public uint Sequence;
    public uint LineSequence;
    public fixed uint Padding[6];
}
