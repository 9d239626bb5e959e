using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Drivers.CommsHub.Han;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Recording;
using DeviceHarness.Virtual.ZigBee;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>A virtual hub that restarts by itself every two minutes, away for half a minute, while it fetches an image.</summary>
[Collection(AloneCollection.Name)]
[Trait(AloneCollection.Process, AloneCollection.Name)]
public sealed class HubRestartTests
{
    private const int Blocks = 80;
    private const int BlockOctets = 48;

    [Fact]
    public async Task A_hub_that_restarts_in_the_middle_of_a_delivery_goes_on_where_it_was_and_is_out_of_reach_meanwhile()
    {
        using TemporaryFolder folder = new();
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rigs", "han-hub", "rig.yaml"));
        RigAdapter adapter = rig.Adapters[1];
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(rig.Folder, adapter.Model)) with { Devices = [] };
        model = HanDefectNames.Plant(
            model with { Hub = model.Hub! with { Upgrades = model.Hub.Upgrades! with { BlockPacing = TimeSpan.FromSeconds(2) } } },
            "hub-restarts");
        using QuietClock clock = new();
        VirtualNcp ncp = new(adapter.Name, model, clock);
        QuietLine line = new(ncp, clock);
        clock.Attach(line);
        AdapterStation station = new(adapter, rig, folder.Path, new WireLog(), clock, new HanRadioDomain()) { OpenLine = _ => line.Open() };
        await using (station)
        {
            Upgrade upgrade = await Task.Run(() => UpgradeAsync(rig, station, clock)).DefaultTimeout();

            upgrade.Delivered.Kind.Should().Be(DeviceOutcomeKind.Done, upgrade.Delivered.Detail);
            upgrade.Asked.Select(outcome => outcome.Kind).Distinct().Should()
                .BeEquivalentTo([DeviceOutcomeKind.Done, DeviceOutcomeKind.Unreachable]);
            upgrade.Activated.Kind.Should().Be(DeviceOutcomeKind.Done, upgrade.Activated.Detail);
            upgrade.Version.Body!.Values["FirmwareVersion"].Should().Be("1.1.0");
            ncp.Hub!.Upgrades!.BlockRequests.Should().BeInRange(Blocks, Blocks + 20, "it did not begin anew");
        }
    }

    private static async Task<Upgrade> UpgradeAsync(RigConfiguration rig, AdapterStation station, QuietClock clock)
    {
        // Not before somebody works here: a clock that nobody uses goes on to the hub's restarts.
        clock.Start();
        HanNetwork network = await OpenAsync(station, clock);
        RigDevice hub = rig.Devices.Single(device => device.Id.Value == "hub-01");
        SmartEnergyOptions options = DriverCatalog.HanOptionsOf(hub, network, rig.ProfilesFolder, clock, null);
        await using HanHubDriver upgrading = new(options with { Upgrades = station.Upgrades });
        await using HanHubDriver asking = new(options);
        FirmwareImage image = Image();

        Task<DeviceOutcome> delivery = ReachAsync(upgrading, new UpdateFirmware(image, "1.1.0", [hub.Eui64]), clock);
        List<DeviceOutcome> asked = [];
        while (!delivery.IsCompleted)
        {
            asked.Add(await ExecuteAsync(asking, new ReadFirmwareVersion()));
            await Task.Delay(TimeSpan.FromSeconds(5), clock);
        }

        DeviceOutcome activated = await ReachAsync(upgrading, new ActivateFirmware(image.Hash), clock);
        return new Upgrade(await delivery, asked, activated, await ReachAsync(asking, new ReadFirmwareVersion(), clock));
    }

    /// <summary>Joins the network; a hub that happens to restart meanwhile is joined when it is back.</summary>
    private static async Task<HanNetwork> OpenAsync(AdapterStation station, QuietClock clock)
    {
        while (true)
        {
            try
            {
                return await station.OpenAsync(CancellationToken.None);
            }
            catch (HanDeliveryException)
            {
                await Task.Delay(TimeSpan.FromSeconds(40), clock);
            }
        }
    }

    /// <summary>Asks until the hub is there.</summary>
    private static async Task<DeviceOutcome> ReachAsync(HanHubDriver driver, SrvRequestBody body, QuietClock clock)
    {
        DeviceOutcome outcome = await ExecuteAsync(driver, body);
        while (outcome.Kind == DeviceOutcomeKind.Unreachable)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), clock);
            outcome = await ExecuteAsync(driver, body);
        }

        return outcome;
    }

    private static async Task<DeviceOutcome> ExecuteAsync(HanHubDriver driver, SrvRequestBody body) =>
        (await driver.ExecuteAsync(body, CancellationToken.None)).Outcome;

    private static FirmwareImage Image()
    {
        OtaHeader header = new()
        {
            ManufacturerCode = 0xFFF1,
            ImageType = 3,
            FileVersion = 0x0001_0100,
            StackVersion = OtaHeader.ZigBeePro,
            HeaderString = new FirmwareLabel("generic-smets1-hub", "1.1.0").ToOctets(),
            Hardware = new OtaHardwareRange(1, 1),
        };
        return new FirmwareImage(OtaFileWriter.Write(header, new byte[(Blocks - 2) * BlockOctets]));
    }

    private sealed record Upgrade(
        DeviceOutcome Delivered, IReadOnlyList<DeviceOutcome> Asked, DeviceOutcome Activated, DeviceOutcome Version);
}
