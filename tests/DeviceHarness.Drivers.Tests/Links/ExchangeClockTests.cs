using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.Links;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links;

public sealed class ExchangeClockTests
{
    private static readonly LineRate Rate = new(9600, 10);
    private readonly ExchangeClock _clock = new();

    [Fact]
    public void An_exchange_is_split_by_the_architecture_s_arithmetic()
    {
        _clock.Restart(Rate);

        // 24 octets are 25 ms out; the first octet comes after 25 ms + 40 ms of thinking + one octet.
        _clock.Written(0, 24);
        _clock.Read(Milliseconds(65) + Octets(1), 1);
        _clock.Read(Milliseconds(90), 23);
        _clock.Close(Milliseconds(100));

        _clock.Line.Should().BeCloseTo(TimeSpan.FromMilliseconds(50), TimeSpan.FromMicroseconds(2));
        _clock.Device.Should().BeCloseTo(TimeSpan.FromMilliseconds(40), TimeSpan.FromMicroseconds(2));
        _clock.Exchanges.Should().Be(1);
    }

    [Fact]
    public void A_device_is_never_faster_than_nothing()
    {
        _clock.Restart(Rate);

        _clock.Written(0, 24);
        _clock.Read(Milliseconds(1), 24);
        _clock.Close(Milliseconds(2));

        _clock.Device.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void A_request_without_an_answer_is_device_time_until_the_next_one_and_no_exchange()
    {
        _clock.Restart(LineRate.None);

        _clock.Written(0, 24);
        _clock.Written(Milliseconds(200), 9);
        _clock.Read(Milliseconds(210), 30);
        _clock.Close(Milliseconds(300));

        _clock.Device.Should().Be(TimeSpan.FromMilliseconds(210));
        _clock.Line.Should().Be(TimeSpan.Zero);
        _clock.Exchanges.Should().Be(1);
    }

    private static long Milliseconds(double count) => (long)(count * Stopwatch.Frequency / 1000);

    private static long Octets(int count) => Stopwatch.Frequency * count * 10 / 9600;
}
