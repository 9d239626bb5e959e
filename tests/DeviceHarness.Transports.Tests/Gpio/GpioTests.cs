using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Gpio;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Gpio;

/// <summary>What can be told of the GPIO character device without a chip: its layouts against the sizes that the kernel's own numbers
/// carry, and what a person is told where there is none. On a chip of gpio-sim: tests/DeviceHarness.Guest.</summary>
public sealed class GpioTests
{
    private const int WriteRead = 3;
    private const int Read = 2;

    public static TheoryData<uint, int, int, int> Requests => new()
    {
        { GpioLayouts.GetChipInfo, Read, 0x01, Unsafe.SizeOf<GpioChipInfo>() },
        { GpioLayouts.GetLineInfo, WriteRead, 0x05, Unsafe.SizeOf<GpioLineInfo>() },
        { GpioLayouts.GetLine, WriteRead, 0x07, Unsafe.SizeOf<GpioLineRequest>() },
        { GpioLayouts.GetValues, WriteRead, 0x0E, Unsafe.SizeOf<GpioLineValues>() },
        { GpioLayouts.SetValues, WriteRead, 0x0F, Unsafe.SizeOf<GpioLineValues>() },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_number_of_each_control_request_carries_the_size_of_its_structure(uint request, int direction, int number, int octets)
    {
        // ioctl(2): two bits of direction, fourteen of size, eight of type, eight of number.
        uint built = ((uint)direction << 30) | ((uint)octets << 16) | (0xB4u << 8) | (uint)number;

        request.Should().Be(built);
    }

    [Theory]
    [InlineData(nameof(GpioLineRequest.Consumer), 256)]
    [InlineData(nameof(GpioLineRequest.Config), 288)]
    [InlineData(nameof(GpioLineRequest.Lines), 560)]
    [InlineData(nameof(GpioLineRequest.EventBufferSize), 564)]
    [InlineData(nameof(GpioLineRequest.Descriptor), 588)]
    public void The_fields_of_a_request_stand_where_the_kernel_looks(string field, int offset) =>
        Marshal.OffsetOf<GpioLineRequest>(field).ToInt32().Should().Be(offset);

    [Fact]
    public void An_event_has_48_octets_and_an_attribute_of_a_configuration_24() =>
        (Unsafe.SizeOf<GpioLineEvent>(), Unsafe.SizeOf<GpioConfigAttribute>(), Unsafe.SizeOf<GpioLineConfig>())
            .Should().Be((48, 24, 272));

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/gpiochip-missing")]
    [InlineData("no-such-label")]
    public void Where_there_is_no_chip_a_person_is_told_what_to_look_at(string chip)
    {
        GpioLineSettings line = new() { Chip = chip, Line = "GPIO17" };
        Action output = () => GpioOutput.Open(line, isActive: false);
        Action input = () => GpioInput.Open(line);

        TransportException fault = output.Should().Throw<TransportException>().Which;
        fault.Code.Should().Be("GPIO-001");
        fault.Message.Should().Contain(chip).And.Contain("its path or its label");
        input.Should().Throw<TransportException>().Which.Code.Should().Be("GPIO-001");
    }
}
