using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Tests.Firmware;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>Each defect of a device on the radio, seen from the trust centre, beside the same device without it. Those of a gas meter's
/// tariff and billing periods are seen by GasTariffEffectTests, those of its logs by GasUseLogTests, those of a hub by
/// VirtualHanHubTests.</summary>
public sealed class HanDefectTests
{
    private const ulong Meter = 0x90B3D51F300000B1;
    private const ulong Display = 0x90B3D51F300000D1;

    private static readonly TestAuthority Authority = new(EstablishmentSuites.Suite1, 1);
    private static readonly DateTimeOffset Start = new ManualTimeProvider().GetUtcNow();

    [Fact]
    public void Every_defect_is_caught_by_a_test_of_its_name()
    {
        string[] caught =
        [
            "alert-storm", "answers-differ", "billing-ignored", "clock-unknown", "gas-log-differs", "half-hour-lost", "hub-log-entry-lost",
            "hub-refuses-joins", "hub-restarts", "join-refused", "key-update-ignored", "log-stops-at-restart", "mirror-stale",
            "old-image-kept", "ota-abort", "profile-scaled", "profile-shifted", "report-lost", "stale-readings", "tariff-ignored",
            "top-up-doubled", "valve-stays-open", "wrong-image-accepted", "wrong-multiplier",
        ];

        HanDefectNames.All.Should().Equal(caught);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("alert-storm", 40)]
    public void Alert_storm(string? defect, int alerts)
    {
        using HanHub hub = Ready(defect, "gsme-01");

        hub.WakeNext(hub.Host.Ncp.Devices[0]);
        hub.Live(TimeSpan.FromSeconds(5));

        hub.Heard.Count(heard => heard.Cluster == 0x0709 && heard.Frame[4..].StartsWith("00010000", StringComparison.Ordinal))
            .Should().Be(alerts);
    }

    [Theory]
    [InlineData(null, "01")]
    [InlineData("wrong-multiplier", "0A")]
    public void Wrong_multiplier(string? defect, string multiplier)
    {
        using HanHub hub = Ready(defect, "gsme-01");

        hub.WakeNext(hub.Host.Ncp.Devices[0]);

        hub.Ask(Meter, 0x0702, "00 09 00 0103").Should().Be($"18090101030022{multiplier}0000");
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("report-lost", 1)]
    public void Report_lost(string? defect, int reports)
    {
        using HanHub hub = Ready(defect, "gsme-01");

        for (int wake = 0; wake < 2; wake++)
        {
            hub.WakeNext(hub.Host.Ncp.Devices[0]);
            hub.Live(TimeSpan.FromSeconds(10));
        }

        hub.Heard.Count(heard => heard.Cluster == 0x0702 && heard.Frame.Contains("0A000025", StringComparison.Ordinal))
            .Should().Be(reports);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("clock-unknown", true)]
    public void Clock_unknown_after_the_time_was_told(string? defect, bool isUnknown)
    {
        using HanHub hub = Ready(defect, "gsme-01");

        hub.WakeNext(hub.Host.Ncp.Devices[0]);

        (hub.Ask(Meter, 0x000A, "00 09 00 0000") == "18090100000" + "0E2FFFFFFFF").Should().Be(isUnknown);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("join-refused", false)]
    public void Join_refused(string? defect, bool isJoined)
    {
        using HanHub hub = Ready(defect, "ppmid-01");

        hub.Host.Ncp.Devices[0].IsJoined.Should().Be(isJoined);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("key-update-ignored", false)]
    public void Key_update_ignored(string? defect, bool isThere)
    {
        using HanHub hub = Ready(defect, "ppmid-01");

        hub.Host.Send(EzspCommands.BroadcastNextNetworkKey, new(default)).Status.IsSuccess.Should().BeTrue();
        hub.Live(TimeSpan.FromSeconds(15));
        hub.Host.Send(EzspCommands.BroadcastNetworkKeySwitch, default).Status.IsSuccess.Should().BeTrue();
        hub.Live(TimeSpan.FromSeconds(1));

        (hub.Ask(Display, 0x0000, "00 09 00 0500") is not null).Should().Be(isThere);
    }

    [Theory]
    [InlineData(null, false, "00", "4.3.0")]
    [InlineData("ota-abort", false, "95", "1.4.2")]
    [InlineData(null, true, "96", "1.4.2")]
    [InlineData("wrong-image-accepted", true, "00", "4.3.0")]
    [InlineData("old-image-kept", false, "00", "1.4.2")]
    public void Upgrade_end_and_the_version_afterwards(string? defect, bool isHarmed, string status, string version)
    {
        using HanHub hub = Ready(defect, "ppmid-01");
        byte[] image = FirmwareImages.Sound.Octets();
        image[^1] ^= (byte)(isHarmed ? 1 : 0);
        UpgradeServerScript server = new(image);
        List<byte> ends = [];
        hub.Serve(0x0019, (command, payload) =>
        {
            ends.AddRange(command == 0x06 ? payload[..1] : []);
            return server.Answers(new ClusterMessage(command, payload));
        });

        hub.Tell(Display, 0x0019, "19 00 00 00 64");
        hub.Live(TimeSpan.FromMinutes(5));

        ends.Should().Equal(Convert.FromHexString(status));
        hub.Host.Ncp.Devices[0].FirmwareVersion.Should().Be(version);
    }

    [Fact]
    public void A_defect_is_planted_in_the_device_that_is_named_or_the_first_that_can_have_it()
    {
        NcpModel model = Model();

        HanDefectNames.Plant(model, "mirror-stale").Devices[1].GasProxy!.Defects.Should().Be(Virtual.Gpf.GpfDefects.MirrorStale);
        HanDefectNames.Plant(model, "ppmid-01:join-refused").Devices[2].Defects.Should().Be(HanDefects.JoinRefused);
        ((Action)(() => HanDefectNames.Plant(model, "gpf-01:report-lost"))).Should().Throw<ArgumentException>().WithMessage("*gpf-01*");
        ((Action)(() => HanDefectNames.Plant(model, "no-such"))).Should().Throw<ArgumentException>().WithMessage("*alert-storm*");
    }

    private static NcpModel Model(params string[] names)
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "han.yaml"));
        return model with
        {
            Devices =
            [
                .. model.Devices.Where(device => names.Length == 0 || names.Contains(device.Name))
                    .Select(device => device.Upgrades is { } upgrades
                        ? device with { Upgrades = upgrades with { ManufacturerCode = 0xFFF1, ImageType = 1 } }
                        : device),
            ],
        };
    }

    private static HanHub Ready(string? defect, string name)
    {
        NcpModel model = Model(name);
        HanHub hub = new(defect is null ? model : HanDefectNames.Plant(model, defect), Authority, NoCommandLog.Instance);
        hub.Clock = () => Start + hub.Host.Ncp.Act((_, now) => now);
        hub.Live(TimeSpan.FromMinutes(1));
        hub.Heard.Clear();
        return hub;
    }
}
