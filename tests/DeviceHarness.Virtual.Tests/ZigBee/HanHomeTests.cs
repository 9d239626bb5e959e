using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Gpf;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Tests.Firmware;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Upgrades;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>The proxy and the display of the repository beside its gas meter, behind a trust centre by the test's hand.</summary>
public sealed class HanHomeTests
{
    private const ulong Meter = 0x90B3D51F300000B1;
    private const ulong Proxy = 0x90B3D51F300000C1;
    private const ulong Display = 0x90B3D51F300000D1;
    private const string Digits = "12345678901234567890";

    private static readonly TestAuthority Authority = new(EstablishmentSuites.Suite1, 1);
    private static readonly DateTimeOffset Start = new ManualTimeProvider().GetUtcNow();

    [Fact]
    public void The_proxy_tells_what_its_meter_reported_as_a_mirrored_meter()
    {
        using HanHub hub = Ready(Model("gsme-01", "gpf-01"));

        hub.Ask(Proxy, 0x0702, "00 09 00 0603").Should().Be("180901060300" + "1880");
        hub.Ask(Proxy, 0x0702, "00 09 00 0103").Should().Be("180901010300" + "22010000");
        hub.Ask(Proxy, 0x0702, "00 09 00 0000").Should().StartWith("18090100000025");
        hub.Ask(Proxy, 0x0705, "00 09 00 0305").Should().Be("180901030500" + "213A03");
        hub.Ask(Proxy, 0x0702, "00 09 00 0000", isEncrypted: false).Should().Be("18090B007E");
    }

    [Fact]
    public void Its_values_are_those_of_the_last_report_until_the_meter_wakes()
    {
        using HanHub hub = Ready(Model("gsme-01", "gpf-01"));
        string? first = hub.Ask(Proxy, 0x0702, "00 09 00 0000 0700");
        hub.Host.Pass(TimeSpan.FromMinutes(20));
        string? before = hub.Ask(Proxy, 0x0702, "00 09 00 0000 0700");
        hub.Host.Pass(TimeSpan.FromMinutes(15));
        string? after = hub.Ask(Proxy, 0x0702, "00 09 00 0000 0700");

        before.Should().Be(first);
        after.Should().NotBe(first);
        Told(after!).Should().Be((uint)Device(hub, "gsme-01").GasMeter!.State.Metrology.VolumeDm3);
    }

    [Fact]
    public void With_reports_lost_the_mirror_says_how_old_it_is()
    {
        using HanHub hub = Ready(Model(meter => meter with { Defects = GasDefects.ReportLost }, "gsme-01", "gpf-01"));
        string? first = hub.Ask(Proxy, 0x0702, "00 09 00 0700");

        hub.Host.Pass(TimeSpan.FromMinutes(31));

        hub.Ask(Proxy, 0x0702, "00 09 00 0700").Should().Be(first, "the second wake reports nothing");
    }

    [Fact]
    public void A_stale_mirror_keeps_its_values_and_says_that_they_are_new()
    {
        using HanHub hub = Ready(Model("gsme-01", "gpf-01"));
        Device(hub, "gpf-01").GasProxy!.State.Defects = GpfDefects.MirrorStale;
        string first = hub.Ask(Proxy, 0x0702, "00 09 00 0000")!;
        string time = hub.Ask(Proxy, 0x0702, "00 09 00 0700")!;

        hub.Host.Pass(TimeSpan.FromMinutes(61));

        hub.Ask(Proxy, 0x0702, "00 09 00 0000").Should().Be(first);
        hub.Ask(Proxy, 0x0702, "00 09 00 0700").Should().NotBe(time);
        Told(first).Should().BeLessThan((uint)Device(hub, "gsme-01").GasMeter!.State.Metrology.VolumeDm3);
    }

    [Theory]
    [InlineData(GpfDefects.None, true)]
    [InlineData(GpfDefects.AnswersDiffer, false)]
    public void Asked_for_a_snapshot_that_is_not_there_proxy_and_meter_answer_alike(GpfDefects defects, bool isAlike)
    {
        using HanHub hub = Ready(Model("gsme-01", "gpf-01"));
        Device(hub, "gpf-01").GasProxy!.State.Defects = defects;
        const string NoSuchCause = "01 09 06 00000000 FFFFFFFF 00 00000200";
        hub.WakeNext(Device(hub, "gsme-01"));

        string? meter = hub.Ask(Meter, 0x0702, NoSuchCause);
        string? proxy = hub.Ask(Proxy, 0x0702, NoSuchCause);

        meter.Should().Be("18090B068B");
        (proxy == meter).Should().Be(isAlike);
    }

    [Theory]
    [InlineData(GpfDefects.None, "FFFFFFFF")]
    [InlineData(GpfDefects.AnswersDiffer, null)]
    public void Of_a_meter_that_does_not_know_the_time_the_mirror_does_not_either(GpfDefects defects, string? time)
    {
        using HanHub hub = new(Model(meter => meter with { Defects = GasDefects.ClockUnknown }, "gsme-01", "gpf-01"), Authority);
        hub.Clock = () => Start + Now(hub);
        Device(hub, "gpf-01").GasProxy!.State.Defects = defects;
        hub.Live(TimeSpan.FromMinutes(1));

        string told = hub.Ask(Proxy, 0x0702, "00 09 00 0700")!;

        (told[12..] == "E2FFFFFFFF").Should().Be(time is not null);
        hub.Ask(Proxy, 0x0702, "00 09 00 0000").Should().StartWith("18090100000025");
    }

    [Fact]
    public void The_proxy_has_a_snapshot_of_each_day_and_keeps_mirror_and_snapshots_without_power()
    {
        NcpModel model = Model("gsme-01", "gpf-01");
        using HanHub hub = Ready(model);
        hub.Host.Pass(TimeSpan.FromDays(2));

        string? second = hub.Ask(Proxy, 0x0702, "01 09 06 00000000 FFFFFFFF 01 01000000");
        GpfState again = new(model.Devices[1].GasProxy!, new ManualTimeProvider(), hub.Flashes["gpf-01"]);

        second.Should().StartWith("190906");
        again.Snapshots.Count.Should().Be(3);
        again.Metering.Values.Should().HaveCount(Device(hub, "gpf-01").GasProxy!.State.Metering.Values.Count);
    }

    [Fact]
    public void The_proxy_publishes_the_tariff_that_it_heard()
    {
        using HanHub hub = Ready(Model("gsme-01", "gpf-01"));
        const string Factor = "0100000000000000768D010040";

        hub.Ask(Proxy, 0x0700, "01 09 04 00000000 00000000 01").Should().Be("18090B048B");
        hub.Tell(Proxy, 0x0700, "19 09 02 " + Factor);
        hub.Ask(Proxy, 0x0700, "01 09 04 00000000 00000000 01").Should().Be("190902" + Factor);
    }

    [Fact]
    public void A_display_shows_what_it_reads_with_all_digits()
    {
        using HanHub hub = Ready(Model("ppmid-01"));
        IReadOnlyList<string> empty = Device(hub, "ppmid-01").DisplayLines;

        hub.Tell(Display, 0x0702, "18 01 01 0000 00 25 F9CA9A3B0000 1400 00 30 01 0103 00 22 010000 0203 00 22 E80300");
        hub.Tell(Display, 0x0705, "18 01 01 0100 00 2B 78563412 0300 00 18 08");
        hub.Live(TimeSpan.FromSeconds(1));

        empty.Skip(1).Should().Equal("GAS --------", "CREDIT --", "SUPPLY --");
        Device(hub, "ppmid-01").DisplayLines.Should().Equal(
            "2026-01-05 12:01", "GAS 1000000.249 m3", "CREDIT £3054.19", "SUPPLY ARMED", "EMERGENCY CREDIT AVAILABLE");
        hub.Heard.Should().BeEmpty("what answers a read is not answered");
    }

    [Theory]
    [InlineData(0, "00000.000")]
    [InlineData(1_234_567, "01234.567")]
    [InlineData(99_999_999, "99999.999")]
    [InlineData(128_000_000, "28000.000")]
    public void A_meter_shows_eight_digits_rounded_down_that_wrap(long dm3, string shown) => GasDisplay.Register(dm3).Should().Be(shown);

    [Theory]
    [InlineData(-1, "-£0.01")]
    [InlineData(-123_456, "-£1.24")]
    [InlineData(123_456, "£1.23")]
    public void Money_is_rounded_down_to_the_penny(long millipence, string shown) => GasDisplay.Money(millipence).Should().Be(shown);

    [Fact]
    public void A_top_up_at_the_display_goes_to_the_hub_and_its_result_is_shown()
    {
        using HanHub hub = Ready(Model("ppmid-01"));

        bool isShort = Act(hub, "ppmid-01", (device, now) => device.TryEnter("1234", now));
        bool isTaken = Act(hub, "ppmid-01", (device, now) => device.TryEnter(Digits, now));
        hub.Live(TimeSpan.FromSeconds(1));
        hub.Tell(Display, 0x0705, "19 01 03 00 40420F00 02 40420F00");
        hub.Live(TimeSpan.FromSeconds(1));

        (isShort, isTaken).Should().Be((false, true));
        (ulong _, ushort cluster, byte endpoint, string frame, bool isEncrypted) = hub.Heard
            .Should().ContainSingle(heard => heard.Frame.Contains("0402", StringComparison.Ordinal)).Subject;
        (cluster, endpoint, isEncrypted).Should().Be((0x0705, 10, true));
        frame[4..].Should().Be("0402" + "14" + Convert.ToHexString("12345678901234567890"u8));
        Device(hub, "ppmid-01").DisplayLines.Should().Contain("TOP-UP ACCEPTED £10.00");
    }

    [Fact]
    public void A_message_is_shown_and_confirmed_by_hand_once()
    {
        using HanHub hub = Ready(Model("ppmid-01"));
        hub.Tell(Display, 0x0703, "09 01 00 2A000000 80 00000000 FFFF 05 48454C4C4F");
        hub.Live(TimeSpan.FromSeconds(1));
        hub.Heard.Should().NotContain(heard => heard.Cluster == 0x0703 && heard.Frame.Substring(4, 2) == "01");

        bool[] pressed = [Confirm(hub), Confirm(hub)];
        hub.Live(TimeSpan.FromMinutes(2));
        hub.Tell(Display, 0x0703, "09 02 00 2A000000 80 00000000 FFFF 05 48454C4C4F");
        hub.Live(TimeSpan.FromSeconds(1));

        pressed.Should().Equal(true, false);
        Confirm(hub).Should().BeFalse("it is the message that was confirmed");
        hub.Heard.Should().Contain(
            heard => heard.Cluster == 0x0703 && heard.Frame.Substring(4) == "00", "it asks for the last message by itself");
        Device(hub, "ppmid-01").DisplayLines[^1].Should().Be("HELLO");
        hub.Heard.Should().ContainSingle(heard => heard.Cluster == 0x0703 && heard.Frame.Contains("012A000000", StringComparison.Ordinal));
    }

    [Fact]
    public void Buttons_of_the_display_become_commands_and_those_of_the_meter_act()
    {
        using HanHub hub = Ready(Model(
            meter => meter with { InitialValve = Virtual.Esme.SupplyState.ReadyForReconnection }, "gsme-01", "ppmid-01"));

        Act(hub, "ppmid-01", (device, now) => device.TryPress(HanButton.Reconnect, now)).Should().BeTrue();
        Act(hub, "ppmid-01", (device, now) => device.TryPress(HanButton.EmergencyCredit, now)).Should().BeTrue();
        Act(hub, "gsme-01", (device, now) => device.TryPress(HanButton.Reconnect, now)).Should().BeTrue();
        Act(hub, "gsme-01", (device, now) => device.TryPress(HanButton.Confirm, now)).Should().BeFalse();
        hub.Live(TimeSpan.FromSeconds(1));

        string[] sent = [.. hub.Heard.Where(heard => heard.Sender == Display).Select(heard => $"{heard.Cluster:X4} {heard.Frame[4..]}")];
        sent.Should().Contain("0702 0C02");
        sent.Should().Contain(frame => frame.StartsWith("0705 00", StringComparison.Ordinal));
        Device(hub, "gsme-01").DisplayLines.Should().Contain("SUPPLY ON");
    }

    [Fact]
    public void Digits_typed_in_at_the_meter_are_a_top_up()
    {
        using HanHub hub = Ready(Model(meter => GasFixture(meter), "gsme-01"));
        GasMeterModel model = Device(hub, "gsme-01").Model.GasMeter!;
        string token = new Utrn(1_000, 1).Write(model.SerialNumber, model.Prepayment.TestTokenKey);

        Act(hub, "gsme-01", (device, now) => device.TryEnter(token, now)).Should().BeTrue();

        Device(hub, "gsme-01").DisplayLines.Should().Contain("CREDIT £10.00");
        Device(hub, "gsme-01").GasMeter!.State.Settings.TopUps.Should().ContainSingle().Which.Source.Should().Be(1);
    }

    [Theory]
    [InlineData(false, "2A00", "4.3.0")]
    [InlineData(true, "2B00", "1.4.2")]
    public void The_display_fetches_firmware_and_tells_what_became_of_it(bool isHarmed, string told, string version)
    {
        byte[] image = FirmwareImages.Sound.Octets();
        image[^1] ^= (byte)(isHarmed ? 1 : 0);
        NcpModel model = Model("ppmid-01");
        model = model with { Devices = [model.Devices[0] with { Upgrades = new UpgradeClientOptions() }] };
        using HanHub hub = Ready(model);
        UpgradeServerScript server = new(image);
        hub.Serve(0x0019, (command, payload) => server.Answers(new ClusterMessage(command, payload)));
        hub.Tell(Display, 0x0019, "19 00 00 00 64");

        hub.Live(TimeSpan.FromMinutes(5));

        Device(hub, "ppmid-01").FirmwareVersion.Should().Be(version);
        hub.Heard.Should().ContainSingle(heard => heard.Cluster == 0x0709).Which.Frame[4..].Should().StartWith("0003" + told);
        hub.Ask(Display, 0x0709, "01 09 00 03 0000 00000000 FFFFFFFF 00 0000").Should().Match(
            $"19090102000001" + $"2003{told}????????00" + "031100????????00", "the newest first: before it the clock was set");
        hub.Ask(Display, 0x0709, "01 09 00 04 0000 00000000 FFFFFFFF 00 0000").Should().Be("18090B008B", "it has no security log");
        hub.Ask(Display, 0x0709, "01 09 01 03").Should().Be("18090B0181", "nothing clears it");
    }

    private static GasMeterModel GasFixture(GasMeterModel meter) => Gsme.GasFixture.Prepaid(meter, 0);

    private static bool Confirm(HanHub hub) => Act(hub, "ppmid-01", (device, now) => device.TryPress(HanButton.Confirm, now));

    private static bool Act(HanHub hub, string name, Func<VirtualHanDevice, TimeSpan, bool> act) =>
        hub.Host.Ncp.Act((_, now) => act(Device(hub, name), now));

    private static uint Told(string answer) => BitConverter.ToUInt32(Convert.FromHexString(answer), 7);

    private static NcpModel Model(params string[] names) => Model(meter => meter, names);

    private static NcpModel Model(Func<GasMeterModel, GasMeterModel> change, params string[] names)
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "han.yaml"));
        return model with
        {
            Devices =
            [
                .. model.Devices.Where(device => names.Contains(device.Name)).Select(device => device.GasMeter is { } meter
                    ? device with { GasMeter = change(meter with { HistoryDays = 0 }) }
                    : device),
            ],
        };
    }

    private static HanHub Ready(NcpModel model)
    {
        HanHub hub = new(model, Authority, NoCommandLog.Instance);
        hub.Clock = () => Start + Now(hub);
        hub.Live(TimeSpan.FromMinutes(1));
        hub.Heard.Clear();
        return hub;
    }

    private static VirtualHanDevice Device(HanHub hub, string name) => hub.Host.Ncp.Devices.Single(device => device.Model.Name == name);

    private static TimeSpan Now(HanHub hub) => hub.Host.Ncp.Act((_, now) => now);
}
