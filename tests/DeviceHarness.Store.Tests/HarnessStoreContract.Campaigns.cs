using DeviceHarness.Assurance.Campaigns;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    private static readonly Campaign Tranche = new(
        "tranche-44", new FirmwareBaseline(new DateOnly(2027, 8, 31), 4), ["002255"], "A. Tester", "delivery plan", StoreSamples.Noon);

    [Fact]
    public async Task Campaigns_are_kept_with_every_statement_and_read_with_what_cycles_and_inventory_say_of_firmware()
    {
        Campaign anew = Tranche with { Baseline = new FirmwareBaseline(new DateOnly(2028, 1, 31)), Time = StoreSamples.Noon.AddDays(1) };
        await AddAsync("c1", 1);
        await Store.PutInventoryAsync(StoreSamples.Rig, StoreSamples.Esme, CancellationToken.None).DefaultTimeout();

        string first = await StateAsync(Tranche);
        string second = await StateAsync(anew);
        await ReopenAsync();
        CampaignRecord record = await Store.ReadCampaignsAsync(CancellationToken.None).DefaultTimeout();

        (first, second).Should().Be(("", ""));
        record.Stated.Should().BeEquivalentTo([Tranche, anew], options => options.WithStrictOrdering());
        CampaignCycle cycle = record.Cycles.Should().ContainSingle().Subject;
        (cycle.Id, cycle.Created, cycle.Ended, cycle.IsOpen).Should().Be(("c1", StoreSamples.Cycle("c1").Created, null, true));
        cycle.Rigs.Should().Equal(StoreSamples.Rig);
        cycle.Devices.Should().BeEquivalentTo(StoreSamples.Cycle("c1").Devices);
        record.Inventory.Should().Equal(
            new HeldFirmware(StoreSamples.Rig, StoreSamples.Esme.DeviceId, StoreSamples.Esme.FirmwareVersion));
    }

    [Fact]
    public async Task A_campaign_that_is_none_is_refused_and_without_one_nothing_is_read()
    {
        await AddAsync("c1", 1);

        string refusal = await StateAsync(Tranche with { Who = "" });
        CampaignRecord record = await Store.ReadCampaignsAsync(CancellationToken.None).DefaultTimeout();

        refusal.Should().Contain("who states it");
        record.Should().Be(CampaignRecord.Empty);
    }

    private Task<string> StateAsync(Campaign campaign) => Store.AddCampaignAsync(campaign, CancellationToken.None).DefaultTimeout();
}
