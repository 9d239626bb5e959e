using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Tests.Firmware;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Upgrades;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

public sealed class UpgradeClientTests
{
    private const uint NewVersion = 0x0102_0304;

    private static readonly byte[] Image = FirmwareImages.Sound.Octets();

    [Fact]
    public void A_notice_to_one_device_brings_an_image_block_by_block_and_the_device_restarts_with_it()
    {
        UpgradeServerScript server = new(Image);
        UpgradeClient client = Client();

        server.Run(client);

        client.FileVersion.Should().Be(NewVersion);
        client.FirmwareVersion.Should().Be("4.3.0");
        client.State.Should().Be(UpgradeClientState.Idle);
        server.Asked.Select(message => message.Command).Should().Equal(1, 3, 3, 3, 3, 6);
        server.Asked[0].Payload.ShouldBeHex("01F1FF0100000001000100");
        server.Asked[1].Payload.ShouldBeHex("00F1FF0100040302010000000030");
        server.Asked[4].Payload.ShouldBeHex("00F1FF010004030201900000002C");
        server.Asked[5].Payload.ShouldBeHex("00F1FF010004030201");
    }

    [Theory]
    [InlineData("00", false)]
    [InlineData("0064", true)]
    [InlineData("0164F1FF", true)]
    [InlineData("0164FFFF", true)]
    [InlineData("01643412", false)]
    [InlineData("0264F1FF0100", true)]
    [InlineData("0264F1FF0200", false)]
    [InlineData("0364F1FF010000000100", false)]
    [InlineData("0364F1FF0100FFFFFFFF", true)]
    [InlineData("0464", false)]
    public void A_notice_is_followed_by_those_that_it_is_for(string payload, bool isFollowed)
    {
        UpgradeClient client = Client();

        IReadOnlyList<ClusterMessage> asked = client.Take(
            new ClusterArrival(0, 0, payload.Octets()) { IsFromServer = true }, TimeSpan.Zero);

        asked.Should().HaveCount(isFollowed ? 1 : 0);
    }

    [Fact]
    public void A_broadcast_notice_is_followed_by_as_many_as_its_jitter_says()
    {
        ClusterArrival notice = new(0, 0, [0, 25]) { IsFromServer = true, IsBroadcast = true };

        int followed = Enumerable.Range(0, 400).Count(seed => Client(seed: seed).Take(notice, TimeSpan.Zero).Count == 1);

        followed.Should().BeInRange(70, 130, "a quarter of 400 devices follows");
    }

    [Fact]
    public void A_server_that_asks_to_wait_is_asked_again_then_and_at_the_pace_that_it_wants()
    {
        UpgradeServerScript server = new(Image) { WaitOnceSeconds = 60, WaitPeriod = 500 };
        UpgradeClient client = Client();

        server.Run(client);

        client.FileVersion.Should().Be(NewVersion);
        server.Asked[2].Payload.ShouldBeHex("02F1FF0100040302010000000030F401");
        server.Now.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60 + 1.5));
    }

    [Fact]
    public void Lost_blocks_are_asked_for_again()
    {
        UpgradeServerScript server = new(Image) { Loses = number => number % 2 == 1 };
        UpgradeClient client = Client();

        server.Run(client);

        client.FileVersion.Should().Be(NewVersion);
        client.BlockRequests.Should().BeGreaterThan(4);
    }

    [Fact]
    public void Pages_bring_the_same_image_and_a_gap_begins_a_new_page()
    {
        UpgradeServerScript server = new(Image) { Loses = number => number == 2 };
        UpgradeClient client = Client(options => options with { PageOctets = 144 });

        server.Run(client);

        client.FileVersion.Should().Be(NewVersion);
        server.Asked.Select(message => message.Command).Should().Equal(1, 4, 4, 6);
        server.Asked[2].Payload.ShouldBeHex("00F1FF010004030201300000003090006400");
    }

    [Fact]
    public void A_download_that_was_cut_goes_on_where_it_was()
    {
        MemoryFlash flash = new();
        UpgradeServerScript server = new(Image) { StopsAfterBlocks = 2 };
        server.Run(Client(flash: flash));
        UpgradeServerScript again = new(Image);
        UpgradeClient restarted = Client(flash: flash);

        again.Resume(restarted);

        restarted.FileVersion.Should().Be(NewVersion);
        again.Asked[1].Payload.ShouldBeHex("00F1FF0100040302016000000030");
    }

    [Theory]
    [InlineData(nameof(FirmwareImages.OfAnotherManufacturer))]
    [InlineData(nameof(FirmwareImages.ForAnotherHardware))]
    public void An_image_for_another_device_is_refused_at_the_end(string image)
    {
        string hex = image == nameof(FirmwareImages.OfAnotherManufacturer)
            ? FirmwareImages.OfAnotherManufacturer
            : FirmwareImages.ForAnotherHardware;
        UpgradeServerScript server = new(hex.Octets());
        UpgradeClient client = Client();

        server.Run(client);

        server.Asked[^1].Command.Should().Be(6);
        server.Asked[^1].Payload[0].Should().Be(0x96);
        client.FileVersion.Should().Be(0x0001_0000);
    }

    [Fact]
    public void A_harmed_image_is_refused_and_a_device_with_the_defect_takes_it()
    {
        byte[] harmed = [.. Image];
        harmed[100] ^= 1;
        UpgradeClient sound = Client();
        UpgradeClient careless = Client(options => options with { TakesAnyImage = true });

        new UpgradeServerScript(harmed).Run(sound);
        new UpgradeServerScript(harmed).Run(careless);

        sound.FileVersion.Should().Be(0x0001_0000);
        careless.FileVersion.Should().Be(NewVersion);
    }

    [Fact]
    public void A_device_waits_until_the_time_that_it_is_told()
    {
        UpgradeServerScript server = new(Image) { UpgradeDelay = 3600 };
        UpgradeClient client = Client();

        server.Run(client);

        client.FileVersion.Should().Be(NewVersion);
        server.Now.Should().BeGreaterThan(TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_device_that_must_wait_for_word_asks_again_each_hour()
    {
        UpgradeServerScript server = new(Image) { UpgradeDelay = null, Until = TimeSpan.FromHours(2.5) };
        UpgradeClient client = Client();

        server.Run(client);

        client.State.Should().Be(UpgradeClientState.Ending);
        server.Asked.Count(message => message.Command == 6).Should().Be(3);
    }

    [Fact]
    public void Defects_abort_a_download_and_keep_the_old_image()
    {
        UpgradeServerScript server = new(Image);
        UpgradeClient aborting = Client(options => options with { AbortsAfterBlocks = 2 });
        UpgradeClient keeping = Client(options => options with { KeepsOldImage = true });

        server.Run(aborting);
        new UpgradeServerScript(Image).Run(keeping);

        server.Asked[^1].Payload[0].Should().Be(0x95);
        keeping.FileVersion.Should().Be(0x0001_0000);
        keeping.State.Should().Be(UpgradeClientState.Idle);
    }

    private static UpgradeClient Client(
        Func<UpgradeClientOptions, UpgradeClientOptions>? change = null, MemoryFlash? flash = null, int seed = 1)
    {
        UpgradeClientOptions options = new();
        return new UpgradeClient(change?.Invoke(options) ?? options, flash ?? new MemoryFlash(), new Random(seed));
    }
}
