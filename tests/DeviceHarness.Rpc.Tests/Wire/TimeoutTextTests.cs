using DeviceHarness.Rpc.Wire;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Wire;

public sealed class TimeoutTextTests
{
    [Theory]
    [InlineData(1, "100n")]
    [InlineData(0, "1n")]
    [InlineData(-5, "1n")]
    [InlineData(999_999, "99999900n")]
    [InlineData(1_000_000, "100000u")]
    [InlineData(1_000_001, "100001u")]
    [InlineData(300_000_000, "30000000u")]
    [InlineData(1_000_000_000, "100000m")]
    [InlineData(1_000_000_001, "100001m")]
    [InlineData(TimeSpan.TicksPerDay * 2, "172800S")]
    [InlineData(TimeSpan.TicksPerDay * 2000, "2880000M")]
    [InlineData(long.MaxValue, "99999999H")]
    public void A_time_takes_the_finest_unit_that_holds_it(long ticks, string text)
    {
        TimeoutText.Encode(TimeSpan.FromTicks(ticks)).Should().Be(text);
    }

    [Theory]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("99999999H", 3_599_999_964_000_000_000)]
    [InlineData("2M", 1_200_000_000)]
    [InlineData("3S", 30_000_000)]
    [InlineData("4m", 40_000)]
    [InlineData("5u", 50)]
    [InlineData("100n", 1)]
    [InlineData("101n", 2)]
    [InlineData("0n", 0)]
    [InlineData("0S", 0)]
    [InlineData("00000001S", 10_000_000)]
    public void A_value_is_read_in_its_unit(string text, long ticks)
    {
        TimeoutText.TryDecode(text, out TimeSpan timeout).Should().BeTrue();

        timeout.Ticks.Should().Be(ticks);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("S")]
    [InlineData("123456789S")]
    [InlineData("1s")]
    [InlineData("1h")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData(" 1S")]
    [InlineData("1 S")]
    [InlineData("1.5S")]
    [InlineData("1SS")]
    [InlineData("١S")]
    [InlineData("15\0n")]
    public void What_is_no_value_is_refused(string? text) => TimeoutText.TryDecode(text, out _).Should().BeFalse();

    [Fact]
    public void Encoded_times_are_short_and_never_shorter_than_the_time()
    {
        Random random = new(6021);
        for (int number = 0; number < Hostile.Count; number++)
        {
            TimeSpan timeout = TimeSpan.FromTicks(random.NextInt64(1, 1L << random.Next(1, 62)));

            string text = TimeoutText.Encode(timeout);

            Assert.InRange(text.Length, 2, 9);
            Assert.True(TimeoutText.TryDecode(text, out TimeSpan decoded));
            Assert.True(decoded >= timeout, $"{timeout.Ticks} became {text}");
        }
    }

    [Fact]
    public void Hostile_texts_never_throw_nor_give_a_negative_time()
    {
        foreach (string text in Hostile.Texts("1H", "99999999H", "100n", "30000000u", "5m"))
        {
            if (TimeoutText.TryDecode(text, out TimeSpan timeout))
            {
                Assert.Matches("^[0-9]{1,8}[HMSmun]$", text);
                Assert.True(timeout >= TimeSpan.Zero);
            }
        }
    }
}
