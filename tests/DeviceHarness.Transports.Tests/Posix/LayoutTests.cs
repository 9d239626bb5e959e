using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeviceHarness.Transports.Posix;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Posix;

public sealed class LayoutTests
{
    [Fact]
    public void Native_structures_have_the_sizes_of_the_kernel()
    {
        Unsafe.SizeOf<Termios2>().Should().Be(44);
        Unsafe.SizeOf<PollDescriptor>().Should().Be(8);
        Unsafe.SizeOf<TimeSpec>().Should().Be(16);
        Unsafe.SizeOf<InterruptCounters>().Should().Be(80);
        Unsafe.SizeOf<SerialStruct>().Should().Be(72);
        Marshal.OffsetOf<SerialStruct>(nameof(SerialStruct.Flags)).Should().Be(16);
    }

    [Fact]
    public void A_stretch_becomes_seconds_and_nanoseconds()
    {
        TimeSpec stretch = TimeSpec.FromStopwatchTicks((Stopwatch.Frequency * 3) + (Stopwatch.Frequency / 2));

        (stretch.Seconds, stretch.Nanoseconds).Should().Be((3, 500_000_000));
        TimeSpec.FromStopwatchTicks(-5).Seconds.Should().Be(0);
    }
}
