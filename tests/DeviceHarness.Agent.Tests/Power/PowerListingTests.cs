using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class PowerListingTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly BenchFolder _folder = new() { Rig = BenchFolder.Parse(BenchFolder.RigText + VirtualPowerTests.Power) };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Who_only_looks_leaves_nothing_behind()
    {
        PowerListing listing = PowerListing.Of(_folder.Rig, _folder.Path, _time);
        bool wasHeld = PowerListing.Acknowledge(_folder.Rig, _folder.Path, _time);

        listing.Feeds.Should().ContainSingle().Which.Should().Match<FeedRow>(feed => feed.Name == "mains-01" && feed.OffToday == 0);
        (listing.IsIsolated, wasHeld).Should().Be((false, false));
        Directory.GetFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void What_the_agent_counted_is_shown_and_what_it_noticed_can_be_acknowledged()
    {
        SwitchLedger ledger = RigSupply.LedgerOf(_folder.Rig, _folder.Path, _time);
        ledger.NoteOff("mains-01");
        ledger.NoteIsolation();

        PowerListing listing = PowerListing.Of(_folder.Rig, _folder.Path, _time);
        bool wasHeld = PowerListing.Acknowledge(_folder.Rig, _folder.Path, _time);

        listing.Feeds[0].OffToday.Should().Be(1);
        (listing.IsIsolated, wasHeld, ledger.IsAcknowledgementAsked).Should().Be((true, true, true));
    }
}
