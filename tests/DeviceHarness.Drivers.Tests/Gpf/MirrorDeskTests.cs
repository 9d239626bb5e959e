using DeviceHarness.Drivers.Gpf;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Gpf;

/// <summary>The mirrors of the harness's own network, by the octets of ZigBee guide 8.3.</summary>
public sealed class MirrorDeskTests : IAsyncLifetime
{
    private const ulong Display = 0x70B3D52B60445566;
    private const ushort DisplayNode = 0x1234;
    private const byte Mirror = 10;

    // Predefined scheme B has five words of flags: tshark calls a packet with fewer malformed.
    private const string OtherFlags = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";

    private readonly ManualTimeProvider _clock = new();
    private MirrorDesk _desk = null!;
    private HanBench _bench = null!;

    public async Task InitializeAsync()
    {
        _desk = new MirrorDesk([Mirror, 11], _clock);
        _bench = await HanBench.StartAsync(change: options => options with { Servers = _desk.Servers });
        _desk.Attach(_bench.Network);
        _bench.Adapter.Tell(new ZigBeeDeviceJoined(DisplayNode, Display, IsRejoin: true, IsSecured: true));
        await _bench.EventAsync<HanNodeJoined>();
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_meter_gets_a_mirror_the_same_one_again_and_the_next_meter_the_next_until_none_is_free()
    {
        (await AskAsync("09 01 01")).Should().Be("11 01 01 0A 00");
        (await AskAsync("09 02 01")).Should().Be("11 02 01 0A 00");
        (await AskAsync("09 03 01", node: DisplayNode)).Should().Be("11 03 01 0B 00");
        _bench.Adapter.Tell(new ZigBeeDeviceJoined(0x2222, 0x70B3D52B60778899, IsRejoin: true, IsSecured: true));
        (await AskAsync("09 04 01", node: 0x2222)).Should().Be("11 04 01 FF FF");
        _desk.Mirrors.Select(mirror => mirror.Meter).Should().Equal(HanBench.Meter, Display);
    }

    [Fact]
    public async Task A_mirror_that_is_removed_is_free_again()
    {
        await AskAsync("09 01 01");

        (await AskAsync("09 02 02")).Should().Be("11 02 02 0A 00");
        (await AskAsync("09 03 02")).Should().Be("11 03 02 FF FF");
        _desk.Mirrors.Should().BeEmpty();
    }

    [Fact]
    public async Task The_mirror_of_a_meter_that_was_removed_makes_room_and_another_meters_stays()
    {
        await AskAsync("09 01 01");

        _desk.Forget(Display);
        int kept = _desk.Mirrors.Count;
        _desk.Forget(HanBench.Meter);

        kept.Should().Be(1);
        _desk.Mirrors.Should().BeEmpty();
    }

    [Fact]
    public async Task A_report_is_answered_with_what_is_still_wanted_and_served_to_who_reads_the_mirror()
    {
        await AskAsync("09 01 01");
        await AskAsync("09 02 08 01000000 080700 01 02");

        string first = await AskAsync("08 03 0A 0000 25 D20400000000", endpoint: Mirror);
        string fixedValues = await AskAsync("08 04 0A 0003 30 01 0603 18 01", endpoint: Mirror);
        string read = await AskAsync("00 05 00 0000 0003 0603 0103", endpoint: Mirror, node: DisplayNode);

        first.Should().Be($"11 03 09 02 00 70 00 00 {OtherFlags}", "Basic, Metering and Prepayment have not told what stays");
        fixedValues.Should().Be($"11 04 09 02 00 50 00 00 {OtherFlags}");
        read.Should().Be("18 05 01 00 00 00 25 D2 04 00 00 00 00 00 03 00 30 01 06 03 00 18 80 01 03 86");
        _desk.Mirrors.Single().Should().Be(new MirrorListing(HanBench.Meter, Mirror, _clock.GetUtcNow(), TimeSpan.FromSeconds(1800)));
    }

    [Fact]
    public async Task What_stays_is_asked_for_three_times_and_a_meter_that_wants_no_flags_gets_none()
    {
        const string Report = "08 03 0A 0000 25 D20400000000";
        for (int time = 0; time < 3; time++)
        {
            (await AskAsync(Report, endpoint: Mirror)).Should().Be($"11 03 09 02 00 70 00 00 {OtherFlags}");
        }

        string fourth = await AskAsync(Report, endpoint: Mirror);
        await AskAsync("09 02 08 01000000 080700 00 02");

        fourth.Should().Be($"11 03 09 02 00 00 00 00 {OtherFlags}");
        (await AskAsync(Report, endpoint: Mirror)).Should().Be("10 03 0B 0A 00");
    }

    [Fact]
    public async Task A_report_to_the_mirror_of_another_meter_is_refused_and_every_report_is_told()
    {
        const string Report = "18 07 0A 0000 25 D20400000000";
        await AskAsync("09 01 01");

        (await AskAsync(Report, endpoint: Mirror, node: DisplayNode)).Should().Be("10 07 0B 0A 7E");
        _desk.Mirrors.Single().ReportedAt.Should().BeNull();
        (await _bench.EventAsync<HanMessageHeard>()).Message.NodeId.Should().Be(DisplayNode);
    }

    [Fact]
    public async Task A_mirror_of_an_earlier_run_is_taken_up_by_the_next_report()
    {
        (await AskAsync("08 03 0A 0100 2B 10270000", cluster: 0x0705, endpoint: 11)).Should().Be("10 03 0B 0A 00");

        (await AskAsync("00 04 00 0100", cluster: 0x0705, endpoint: 11, node: DisplayNode)).Should().Be("18 04 01 01 00 00 2B 10 27 00 00");
        (await AskAsync("09 05 01")).Should().Be("11 05 01 0B 00");
    }

    [Theory]
    [InlineData("01 21 04 02 14 3132333435363738393031323334353637383930", 0x0705, "01 {0} 03 00 40420F00 02 40420F00",
        "19 21 03 00 40 42 0F 00 02 40 42 0F 00")]
    [InlineData("01 21 00 00000000 02", 0x0705, "00 {0} 0B 00 00", "18 21 0B 00 00")]
    [InlineData("01 21 0C 02", 0x0702, "00 {0} 0B 0C 01", "18 21 0B 0C 01")]
    public async Task What_a_hand_at_the_display_does_reaches_the_meter_and_its_answer_the_display(
        string entered, ushort cluster, string answered, string told)
    {
        await AskAsync("09 01 01");

        Receive(entered, cluster, Mirror, DisplayNode);
        HanBench.Sent relayed = await _bench.SentAsync();
        string sequence = relayed.Header.Sequence.ToString("X2", null);
        string direction = answered.Replace("{0}", sequence, StringComparison.Ordinal);
        byte[] answer = Convert.FromHexString(direction.Replace(" ", string.Empty, StringComparison.Ordinal));
        answer[0] |= 0x08;
        _bench.Receive(cluster, answer);

        (relayed.Message.NodeId, relayed.Message.IsApsEncrypted).Should().Be((HanBench.MeterNode, true));
        relayed.Payload.ToArray().Should().Equal(
            Convert.FromHexString(entered.Replace(" ", string.Empty, StringComparison.Ordinal))[3..]);
        HanBench.Sent back = await SentToAsync(DisplayNode);
        Hex(back.Message.Payload).Should().Be(told);
    }

    [Fact]
    public async Task A_meter_that_does_not_answer_is_a_time_out_at_the_display_and_told()
    {
        await AskAsync("09 01 01");

        _bench.Adapter.Carry = message => Task.FromResult(message.NodeId == HanBench.MeterNode
            ? FakeAdapter.Delivery(ZigBeeDeliveryOutcome.NotDelivered, "DeliveryFailed")
            : FakeAdapter.Delivery());
        Receive("01 21 0C 02", 0x0702, Mirror, DisplayNode);

        Hex((await SentToAsync(DisplayNode)).Message.Payload).Should().Be("18 21 0B 0C 94");
        (await _bench.EventAsync<HanFault>()).Reason.Should().BeOfType<HanDeliveryException>();
    }

    [Theory]
    [InlineData("01 21 05 01000000 00000000 00 E8030000", 0x0705, "18 21 0B 05 81")]
    [InlineData("01 21 0B 00000000 01000000 00000000 00000000 00 00", 0x0702, "18 21 0B 0B 81")]
    public async Task What_only_a_supplier_may_do_is_not_handed_on(string command, ushort cluster, string told)
    {
        await AskAsync("09 01 01");

        (await AskAsync(command, cluster, Mirror, DisplayNode)).Should().Be(told);
    }

    private static string Hex(ReadOnlyMemory<byte> octets) =>
        string.Join(' ', octets.ToArray().Select(octet => octet.ToString("X2", null)));

    private async Task<string> AskAsync(
        string frame, ushort cluster = 0x0702, byte endpoint = 1, ushort node = HanBench.MeterNode)
    {
        Receive(frame, cluster, endpoint, node);
        return Hex((await SentToAsync(node)).Message.Payload);
    }

    private async Task<HanBench.Sent> SentToAsync(ushort node)
    {
        while (true)
        {
            HanBench.Sent sent = await _bench.SentAsync();
            if (sent.Message.NodeId == node)
            {
                return sent;
            }
        }
    }

    private void Receive(string frame, ushort cluster, byte endpoint, ushort node) => _bench.Adapter.Tell(new ZigBeeMessageReceived
    {
        NodeId = node,
        Profile = 0x0109,
        Cluster = cluster,
        SourceEndpoint = 1,
        DestinationEndpoint = endpoint,
        IsApsEncrypted = true,
        IsGroupcast = false,
        ApsSequence = 1,
        Lqi = 200,
        RssiDbm = -50,
        Payload = Convert.FromHexString(frame.Replace(" ", string.Empty, StringComparison.Ordinal)),
    });
}
