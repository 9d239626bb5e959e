using DeviceHarness.Agent.Bench;
using DeviceHarness.Contracts.V1;
using FluentAssertions;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class AdapterLatencyTests
{
    [Theory]
    [InlineData(1, true, "1 ms, low latency")]
    [InlineData(16, false, "16 ms, low latency refused")]
    public void An_adapter_with_a_timer_says_what_holds_and_whether_the_request_was_taken(int milliseconds, bool isLow, string text)
    {
        AdapterSetting setting = new AdapterLatency(TimeSpan.FromMilliseconds(milliseconds), isLow, "ttyUSB0").ToWire();

        setting.Latency.Should().Be(Duration.FromTimeSpan(TimeSpan.FromMilliseconds(milliseconds)));
        setting.LowLatency.Should().Be(isLow);
        setting.Text.Should().Be(text);
    }

    [Theory]
    [InlineData("pty")]
    [InlineData("ttyAMA0")]
    public void A_port_without_a_timer_says_so_and_gives_no_number(string kind)
    {
        AdapterSetting setting = new AdapterLatency(null, IsLow: false, kind).ToWire();

        setting.Latency.Should().BeNull("zero would be a claim");
        setting.Text.Should().Be($"no USB timer ({kind})");
    }
}
