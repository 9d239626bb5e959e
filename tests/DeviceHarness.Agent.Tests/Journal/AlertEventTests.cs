using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Journal;
using FluentAssertions;
using Xunit;
using Wire = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Agent.Tests.Journal;

public sealed class AlertEventTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_alert_is_journaled_with_all_that_is_known_of_it()
    {
        AlertReceived told = new("esme-01", "8F35", "power restored")
        {
            Time = Noon,
            OccurredAt = Noon.AddSeconds(-1),
            IsDuplicate = true,
            IsEarlier = true,
        };

        Wire.AttemptEvent wire = EventMapping.ToWire(told);

        wire.Time.ToDateTimeOffset().Should().Be(Noon);
        wire.AlertReceived.Device.Should().Be("esme-01");
        wire.AlertReceived.Code.Should().Be("8F35");
        wire.AlertReceived.Meaning.Should().Be("power restored");
        wire.AlertReceived.OccurredAt.ToDateTimeOffset().Should().Be(Noon.AddSeconds(-1));
        (wire.AlertReceived.Duplicate, wire.AlertReceived.Earlier).Should().Be((true, true));
    }

    [Fact]
    public void A_device_that_gave_no_time_is_journaled_without_one()
    {
        Wire.AttemptEvent wire = EventMapping.ToWire(new AlertReceived("esme-01", string.Empty, "octets without a code") { Time = Noon });

        wire.AlertReceived.OccurredAt.Should().BeNull();
        wire.AlertReceived.Code.Should().BeEmpty();
    }
}
