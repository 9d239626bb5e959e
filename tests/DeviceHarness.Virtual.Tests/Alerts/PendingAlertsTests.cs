using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Alerts;

public sealed class PendingAlertsTests
{
    private const string Disable = "C301C1000900000A006AFF0101120034";
    private const string Arm = "C301C1000900000A006AFF0101120036";

    [Fact]
    public void What_happens_waits_with_its_time_until_it_is_taken()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        client.Send(Disable);
        client.Send(Arm);

        IReadOnlyList<DeviceAlert> alerts = Take(fixture.Esme);

        alerts.Select(alert => (alert.Number, alert.Code)).Should().Equal(
            (1, EventCode.CommandDone), (2, EventCode.CommandDone), (3, EventCode.SupplyArmed));
        alerts.Should().OnlyContain(alert => alert.Stamp == fixture.Esme.Clock && alert.IsStampValid);
        Take(fixture.Esme).Should().BeEmpty();
    }

    [Fact]
    public void A_lost_alert_leaves_a_gap_and_the_log_has_it()
    {
        EsmeFixture fixture = new();
        ScriptedClient client = fixture.Associated();
        fixture.Esme.Defects = EsmeDefects.AlertLost;
        client.Send(Disable);
        fixture.Esme.Defects = EsmeDefects.None;
        client.Send(Arm);

        Take(fixture.Esme).Select(alert => alert.Number).Should().Equal(2, 3);
        client.Read(7, "0-0:99.98.0.255", 2).Should().StartWith("0103", "three rows");
    }

    [Fact]
    public void The_queue_has_an_end_and_drops_the_oldest()
    {
        PendingAlerts alerts = new();
        for (int number = 1; number <= PendingAlerts.Capacity + 10; number++)
        {
            alerts.Add(new EventEntry(ListedHost.Start, true, EventCode.CommandDone), isLost: false);
        }

        alerts.Count.Should().Be(PendingAlerts.Capacity);
        alerts.Dropped.Should().Be(10);
        alerts.TryTake(out DeviceAlert first).Should().BeTrue();
        first.Number.Should().Be(11);
    }

    [Fact]
    public void What_is_only_logged_is_no_alert()
    {
        PendingAlerts.IsAlert(EventCode.FirmwareChanged).Should().BeFalse();
        PendingAlerts.IsAlert(EventCode.LoadLimitExceeded).Should().BeTrue();
    }

    [Fact]
    public void A_watched_meter_finds_out_by_itself()
    {
        EsmeFixture fixture = new(model => model with
        {
            Load = new LoadProfileOptions(9_000, 0, 0, 0, 0),
            LoadLimit = model.LoadLimit with { ThresholdWatts = 5_000, OverSeconds = 90, CutsSupply = true },
        });
        fixture.Esme.WatchAlerts();

        fixture.Time.Advance(TimeSpan.FromSeconds(89));
        fixture.Esme.Step([]);
        int early = fixture.Esme.Alerts.Count;
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        fixture.Esme.Step([]);

        early.Should().Be(0);
        Take(fixture.Esme).Select(alert => alert.Code).Should().Equal(EventCode.LoadLimitExceeded, EventCode.ArmedByLoadLimit);
        fixture.Esme.Supply.Should().Be(SupplyState.ReadyForReconnection);
    }

    [Fact]
    public void What_waits_is_lost_with_the_power_and_the_return_is_told()
    {
        EsmeFixture fixture = new();
        fixture.Associated().Send(Disable);

        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromSeconds(200));
        fixture.Esme.PowerOn();

        Take(fixture.Esme).Select(alert => alert.Code).Should().Equal(EventCode.PowerRestoredAfterLong);
    }

    private static List<DeviceAlert> Take(VirtualEsme esme)
    {
        List<DeviceAlert> taken = [];
        while (esme.Alerts.TryTake(out DeviceAlert alert))
        {
            taken.Add(alert);
        }

        return taken;
    }
}
