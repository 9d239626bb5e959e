using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.I2c;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.I2c;

/// <summary>What can be told of the I2C character device without a bus: its layouts, and what a person is told where there is
/// none.</summary>
public sealed class I2cTests
{
    [Fact]
    public void Messages_and_transfers_are_laid_out_as_the_kernel_has_them()
    {
        // linux/i2c.h: three fields of 16 bits, then a pointer; linux/i2c-dev.h: a pointer and 32 bits.
        (Unsafe.SizeOf<I2cMessage>(), Unsafe.SizeOf<I2cTransfer>()).Should().Be((16, 16));
        new[] { nameof(I2cMessage.Address), nameof(I2cMessage.Flags), nameof(I2cMessage.Length), nameof(I2cMessage.Octets) }
            .Select(field => Marshal.OffsetOf<I2cMessage>(field).ToInt32()).Should().Equal(0, 2, 4, 8);
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/i2c-missing")]
    public void Where_there_is_no_bus_a_person_is_told_what_to_look_at(string bus)
    {
        Action open = () => I2cDevice.Open(bus, 0x40);

        TransportException fault = open.Should().Throw<TransportException>().Which;
        fault.Code.Should().Be("I2C-001");
        fault.Message.Should().StartWith($"{bus} 0x40").And.Contain("group that owns /dev/i2c-*");
    }

    [Theory]
    [InlineData(6, "I2C-003")]
    [InlineData(121, "I2C-003")]
    [InlineData(110, "I2C-004")]
    [InlineData(5, "I2C-004")]
    public void An_address_that_nothing_acknowledges_is_told_apart_from_a_bus_that_fails(int error, string code) =>
        I2cFaults.Failed("/dev/i2c-1 0x40", error).Code.Should().Be(code);

    [Theory]
    [InlineData(0x07)]
    [InlineData(0x78)]
    public void Addresses_that_the_bus_keeps_for_itself_are_refused(int address)
    {
        Action open = () => I2cDevice.Open("/dev/i2c-1", address);

        open.Should().Throw<ArgumentOutOfRangeException>();
    }
}
