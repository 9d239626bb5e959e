using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tests.Esme;
using DeviceHarness.Virtual.Tests.Firmware;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Hub;

public sealed class VirtualHubTests
{
    private const string Identity = "0-0:96.1.0.255";
    private const string DeviceLog = "0-0:30.3.0.255";
    private const string Register = "C301C1006800001E0300FF01010203";
    private const string NewDevice = "090890B3D51F300000B1";
    private const string InstallCode = "091083FED3407A939723A5C639B26916D505";
    private const ulong Meter = 0x90B3D51F300000A0;
    private const ulong Hub = 0x90B3D51F300000A2;

    [Fact]
    public void It_says_who_it_is_and_what_runs()
    {
        ScriptedClient client = new HubFixture().Associated();

        client.Read(1, Identity, 2).Should().Be("090890B3D51F300000A2");
        client.Read(1, "0-0:0.2.0.255", 2).Should().Be("0905322E312E30");
        client.Read(1, "0-0:42.0.0.255", 2).Should().Be("091044485630303030303030303030303331");
    }

    [Fact]
    public void The_device_log_gives_each_device_with_when_and_how_well_it_was_heard()
    {
        ScriptedClient client = new HubFixture().Associated();

        client.Read(104, DeviceLog, 2).Should().Be(
            "0103"
            + "0203" + "090890B3D51F300000A0" + "090C07EA0105010B3B3200000000" + "00"
            + "0203" + "090890B3D51F300000A1" + "090C07EA0105010B230000000000" + "0FC3"
            + "0203" + "090890B3D51F300000A4" + "00" + "00");
        client.Read(104, DeviceLog, 4).Should().Be("1103");
    }

    [Fact]
    public void A_device_is_added_heard_and_removed()
    {
        HubFixture fixture = new();
        ScriptedClient client = fixture.Associated();

        client.Send($"{Register}{NewDevice}120258{InstallCode}").Should().Be("C701C10000");
        HanDevice added = fixture.Hub.Devices[^1];
        bool isHeard = fixture.Hub.Hear(0x90B3D51F300000B1, -40);
        HanDevice joined = fixture.Hub.Devices[^1];
        client.Send($"C301C1006800001E0300FF0201{NewDevice}").Should().Be("C701C10000");

        added.Should().Be(new HanDevice(0x90B3D51F300000B1, null, null));
        isHeard.Should().BeTrue();
        joined.Should().Be(new HanDevice(0x90B3D51F300000B1, fixture.Time.GetUtcNow(), -40));
        fixture.Hub.Devices.Should().HaveCount(3);
        fixture.Hub.Hear(0x90B3D51F300000B1).Should().BeFalse("the log no longer has it");
    }

    [Theory]
    [InlineData("090890B3D51F300000A0", "120258", "FA")]
    [InlineData("090790B3D51F300000", "120258", "0C")]
    [InlineData("090890B3D51F300000B1", "120000", "FA")]
    [InlineData("090890B3D51F300000B1", "120E11", "FA")]
    public void What_cannot_be_added_is_refused(string device, string period, string result)
    {
        HubFixture fixture = new();

        string? answer = fixture.Associated().Send($"{Register}{device}{period}{InstallCode}");

        answer.Should().Be($"C701C1{result}00");
        fixture.Hub.Devices.Should().HaveCount(3);
        fixture.Hub.Alerts.Should().BeEmpty();
    }

    [Fact]
    public void Without_supply_it_is_dead_and_comes_back_without_its_link()
    {
        SupplyFeed supply = new();
        HubFixture fixture = new(supply);
        ScriptedClient client = fixture.Associated();
        supply.Interrupt(fixture.Time.GetUtcNow(), fixture.Time.GetUtcNow().AddSeconds(10));

        bool isRunning = fixture.Hub.IsRunning;
        byte[] dead = fixture.Hub.Step(ClientFrames.Snrm(ClientFrames.ManagementClient)).ToArray();
        fixture.Time.Advance(TimeSpan.FromSeconds(11));
        bool isRunningAgain = fixture.Hub.IsRunning;
        byte control = client.Poll().Control;

        isRunning.Should().BeFalse();
        dead.Should().BeEmpty();
        isRunningAgain.Should().BeTrue();
        control.Should().Be(0x1F, "DM: the link is gone, though somebody looked at the hub before the client did");
    }

    [Theory]
    [InlineData(179, 0, "8F35")]
    [InlineData(180, 1, "8F36")]
    [InlineData(190, 1, "8F36")]
    public void Only_an_outage_of_three_minutes_is_told(int seconds, int alerts, string restored)
    {
        SupplyFeed supply = new();
        HubFixture fixture = new(supply);
        DateTimeOffset since = fixture.Time.GetUtcNow().AddSeconds(5);
        supply.Interrupt(since, since.AddSeconds(seconds));

        fixture.Time.Advance(TimeSpan.FromSeconds(seconds + 10));

        fixture.Hub.Alerts.Should().Equal(
            Enumerable.Repeat(new HubAlert(since.AddSeconds(180), HubAlert.PowerOutage, Hub), alerts));
        fixture.Associated().Read(7, "0-0:99.98.4.255", 2).Should().Contain("128F57").And.EndWith($"12{restored}");
    }

    [Fact]
    public void The_outage_is_told_while_it_lasts_and_once()
    {
        SupplyFeed supply = new();
        HubFixture fixture = new(supply);
        supply.Interrupt(fixture.Time.GetUtcNow(), until: null);

        fixture.Time.Advance(TimeSpan.FromSeconds(179));
        int before = fixture.Hub.Alerts.Count;
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        int at = fixture.Hub.Alerts.Count;
        fixture.Time.Advance(TimeSpan.FromHours(1));
        supply.Restore(fixture.Time.GetUtcNow());

        before.Should().Be(0);
        at.Should().Be(1);
        fixture.Hub.Alerts.Should().HaveCount(1);
        fixture.Hub.IsRunning.Should().BeTrue();
        fixture.Hub.IsOnWan.Should().BeFalse("it has just come back");
    }

    [Fact]
    public void A_lost_alert_is_never_queued()
    {
        SupplyFeed supply = new();
        HubFixture fixture = new(supply);
        fixture.Hub.Defects = EsmeDefects.AlertLost;
        supply.Interrupt(fixture.Time.GetUtcNow(), fixture.Time.GetUtcNow().AddSeconds(200));

        fixture.Time.Advance(TimeSpan.FromSeconds(201));

        fixture.Hub.Alerts.Should().BeEmpty();
    }

    [Fact]
    public void Log_and_alerts_outlast_the_process()
    {
        MemoryFlash flash = new();
        HubFixture before = new(flash: flash);
        before.Associated().Send($"{Register}{NewDevice}120258{InstallCode}").Should().Be("C701C10000");

        HubFixture after = new(time: before.Time, flash: flash);

        after.Hub.Devices.Should().Equal(before.Hub.Devices);
        after.Hub.Alerts.Should().Equal(before.Hub.Alerts).And.HaveCount(1);
        after.Associated().Read(7, "0-0:99.98.4.255", 2).Should().EndWith("128F35", "for the hub the end of the process is an outage");
    }

    [Theory]
    [InlineData(EsmeDefects.HubPowerCut, 1)]
    [InlineData(EsmeDefects.None, 0)]
    public void A_meter_that_activates_firmware_starves_the_hub_only_with_the_defect(EsmeDefects defect, int alerts)
    {
        EsmeFixture meter = new(model => model with
        {
            FirmwareUpdate = model.FirmwareUpdate with { BlockOctets = ImageClient.BlockOctets },
            Defects = defect,
        });
        HubFixture hub = new(meter.Esme.HubSupply, meter.Time);
        ImageClient client = new(meter.Associated());
        client.Transfer(FirmwareImages.Sound);
        client.VerifyImage().Should().Be(ImageClient.Success);

        client.ActivateImage();
        Step(meter, TimeSpan.FromSeconds(1));
        bool isFedWhileTheMeterRestarts = hub.Hub.IsRunning;
        Step(meter, TimeSpan.FromSeconds(200));

        meter.Esme.IsRunning.Should().BeTrue();
        isFedWhileTheMeterRestarts.Should().Be(defect == EsmeDefects.None);
        hub.Hub.IsRunning.Should().BeTrue();
        hub.Hub.Alerts.Select(alert => alert.Code).Should().Equal(Enumerable.Repeat(HubAlert.PowerOutage, alerts));
        meter.Esme.HubSupply.Interruptions.Select(gap => gap.Until - gap.Since)
            .Should().Equal(Enumerable.Repeat<TimeSpan?>(TimeSpan.FromSeconds(190), alerts));
    }

    [Fact]
    public void A_meter_without_power_gives_none()
    {
        EsmeFixture meter = new();
        HubFixture hub = new(meter.Esme.HubSupply, meter.Time);

        meter.Esme.PowerOff();
        bool isRunning = hub.Hub.IsRunning;
        meter.Time.Advance(TimeSpan.FromSeconds(170));
        meter.Esme.PowerOn();

        isRunning.Should().BeFalse();
        hub.Hub.IsRunning.Should().BeTrue();
        hub.Hub.Alerts.Should().BeEmpty("170 s are less than three minutes");
    }

    [Fact]
    public void A_device_whose_meter_is_there_is_heard_only_while_the_hub_runs()
    {
        SupplyFeed supply = new();
        HubFixture fixture = new(supply);
        supply.Interrupt(fixture.Time.GetUtcNow(), until: null);

        bool isHeard = fixture.Hub.Hear(Meter);

        isHeard.Should().BeFalse();
    }

    private static void Step(EsmeFixture meter, TimeSpan by)
    {
        meter.Time.Advance(by);
        meter.Esme.Step([]);
    }
}
