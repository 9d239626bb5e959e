using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Virtual.Logs;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>What a secured meter tells is ciphered under the counter of its answers: each is opened in its order, or the next answer would
/// be refused.</summary>
public sealed class CipheredAlertTests
{
    private const string Client = "mechanism: hls-gmac, ciphered: true";

    private const string Association = $"""
        mechanism: hls-gmac
        context: ln-ciphered
        client-title: "4D4D4D0000000001"
        encryption-key: test:{SecuredBench.Encryption}
        authentication-key: test:{SecuredBench.Authentication}

        """;

    [Theory]
    [InlineData("event-notification", "")]
    [InlineData("data-notification", "")]
    [InlineData("event-notification", "wrapper: general\n")]
    [InlineData("event-notification", "dedicated-key: true\n")]
    public async Task An_alert_is_opened_and_the_answers_around_it_are_too(string form, string more)
    {
        await using SecuredBench bench = new(Client, $"  policy: 3\npush: {{ client: 1, form: {form}, quiet-time: 0ms }}");
        await bench.DriveAsync(Association + more);

        await bench.DoAsync(new EnableSupply());
        await bench.DoAsync(new ReadFirmwareVersion());
        await bench.DoAsync(new EnableSupply());
        await bench.DoAsync(new ReadFirmwareVersion());

        bench.TakeAlerts().Should().Equal("8154", "8154");
    }

    [Fact]
    public async Task A_client_whose_services_go_in_clear_is_told_in_clear()
    {
        await using SecuredBench bench = new("mechanism: hls-gmac", "  policy: 0\npush: { client: 1, quiet-time: 0ms }");
        await bench.DriveAsync(Association.Replace("ln-ciphered", "ln", StringComparison.Ordinal));
        await bench.DoAsync(new ReadFirmwareVersion());

        bench.Meter.Tamper(EventCode.CoverRemoved);
        await bench.DoAsync(new ReadFirmwareVersion());

        bench.TakeAlerts().Should().Equal("8F74");
    }
}
