using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota.OtaClientByHand;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota;

public sealed class OtaServerTests
{
    private static readonly DateTimeOffset Origin = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void A_download_from_query_to_end_gives_the_image_octet_for_octet()
    {
        OtaServer server = Server(Offer());
        OtaOffer offer = server.Offers[0];
        OtaStep query = Receive(server, OtaCommand.QueryNextImageRequest, Query(1));
        List<byte> received = [];
        List<OtaEvent> events = [];

        while (received.Count < offer.Octets.Length)
        {
            OtaStep step = Receive(server, OtaCommand.ImageBlockRequest, Block((uint)received.Count));
            received.AddRange(DataOf(step.Answer, (uint)received.Count));
            events.Add(step.Event);
            _now += TimeSpan.FromMilliseconds(100);
        }

        OtaStep end = Receive(server, OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));

        query.Answer!.Value.Payload.ToArray().ShouldBeHex("00" + Hex(Id(Image)) + Hex(Number((uint)offer.Octets.Length)));
        query.Answer.Value.Command.Should().Be(OtaCommand.QueryNextImageResponse);
        received.Should().Equal(offer.Octets.ToArray());
        events[0].Should().Be(OtaEvent.Started);
        events[^1].Should().Be(OtaEvent.AllSent);
        events[1..^1].Should().OnlyContain(outcome => outcome == OtaEvent.Progressed);
        end.Event.Should().Be(OtaEvent.Confirmed);
        server.Downloads.Single().Phase.Should().Be(OtaPhase.CountingDown);
        server.Downloads.Single().OctetsPerSecond.Should().BeInRange(450, 560);
    }

    [Fact]
    public void The_answers_to_published_requests_have_the_published_layout()
    {
        OtaServer server = Server(Offer());

        OtaStep query = Receive(server, OtaCommand.QueryNextImageRequest, "01 5E10 0100 02000101 0300".Octets());
        OtaStep block = Receive(server, OtaCommand.ImageBlockRequest, "00 5E10 0100 03000201 40010000 30".Octets());
        OtaStep page = Receive(server, OtaCommand.ImagePageRequest, "00 5E10 0100 03000201 00000000 30 0004 6400".Octets());
        OtaStep end = Receive(server, OtaCommand.UpgradeEndRequest, "96 5E10 0100 03000201".Octets());

        Hex(query.Answer!.Value.Payload.ToArray()).Should().StartWith("00" + "5E10" + "0100" + "03000201");
        Hex(block.Answer!.Value.Payload.ToArray()).Should().StartWith("00" + "5E10" + "0100" + "03000201" + "40010000" + "30");
        page.Event.Should().Be(OtaEvent.Progressed);
        end.Event.Should().Be(OtaEvent.RefusedByClient);
        end.Answer!.Value.Should().Match<OtaAnswer>(answer => answer.Command == null);
        end.Answer.Value.Payload.ToArray().ShouldBeHex("06 00");
        server.Downloads.Single().ClientStatus.Should().Be(ZclStatus.InvalidImage);
    }

    [Theory]
    [InlineData(0x01020002, false, true)]
    [InlineData(0x01020003, false, false)]
    [InlineData(0x01020004, false, false)]
    [InlineData(0x01020004, true, true)]
    [InlineData(0x01020003, true, false)]
    public void An_older_image_is_offered_only_when_a_downgrade_was_asked_for(uint current, bool allowsDowngrade, bool isOffered)
    {
        OtaServer server = Server(Offer().With(null, OtaActivation.AtOnce, allowsDowngrade));

        OtaStep step = Receive(server, OtaCommand.QueryNextImageRequest, Query(current));

        step.Event.Should().Be(isOffered ? OtaEvent.Offered : OtaEvent.NothingOffered);
        step.Answer!.Value.Payload.Span[0].Should().Be((byte)(isOffered ? ZclStatus.Success : ZclStatus.NoImageAvailable));
        step.Answer.Value.Payload.Length.Should().Be(isOffered ? 13 : 1);
    }

    [Fact]
    public void Of_several_images_the_newest_that_suits_the_device_is_offered()
    {
        OtaServer server = Server(
            Offer(version: 5), Offer(version: 7, hardware: new OtaHardwareRange(3, 4)), Offer(version: 9, destination: Display));

        Receive(server, OtaCommand.QueryNextImageRequest, Query(1, hardware: 2)).Answer!.Value.Payload.Span[5].Should().Be(5);
        Receive(server, OtaCommand.QueryNextImageRequest, Query(1, hardware: 3)).Answer!.Value.Payload.Span[5].Should().Be(7);
        Receive(server, OtaCommand.QueryNextImageRequest, Query(1), Display).Answer!.Value.Payload.Span[5].Should().Be(9);
        Receive(server, OtaCommand.QueryNextImageRequest, Query(1, manufacturer: 7)).Event.Should().Be(OtaEvent.NothingOffered);
    }

    [Fact]
    public void A_device_that_is_not_meant_gets_nothing()
    {
        OtaServer server = Server(Offer().With(new HashSet<ulong> { Display }, OtaActivation.AtOnce));

        Receive(server, OtaCommand.QueryNextImageRequest, Query(1)).Event.Should().Be(OtaEvent.NothingOffered);
        Receive(server, OtaCommand.QueryNextImageRequest, Query(1), Display).Event.Should().Be(OtaEvent.Offered);
        Payload(Receive(server, OtaCommand.ImageBlockRequest, Block(0))).Should().Be("95");
    }

    [Fact]
    public void A_wrong_image_offset_or_message_gets_the_answer_of_the_guide()
    {
        OtaServer server = Server(Offer());
        uint size = (uint)server.Offers[0].Octets.Length;

        Payload(Receive(server, OtaCommand.ImageBlockRequest, Block(0, image: Image with { Version = 9 }))).Should().Be("95");
        Payload(Receive(server, OtaCommand.ImageBlockRequest, Block(0, image: Image with { ImageType = 9 }))).Should().Be("95");
        Payload(Receive(server, OtaCommand.ImageBlockRequest, Block(size))).Should().Be("default 0380");
        Payload(Receive(server, OtaCommand.ImageBlockRequest, Block(uint.MaxValue))).Should().Be("default 0380");
        Payload(Receive(server, OtaCommand.ImagePageRequest, Page(size, 100, 10))).Should().Be("default 0480");
        Payload(Receive(server, OtaCommand.ImageBlockRequest, Block(0, maximum: 0))).Should().Be("default 0380");
        Payload(Receive(server, OtaCommand.ImagePageRequest, Page(0, 0, 10))).Should().Be("default 0480");
        Payload(Receive(server, OtaCommand.QueryNextImageRequest, [1, .. Id(Image)])).Should().Be("default 0180");
        Payload(Receive(server, OtaCommand.UpgradeEndRequest, End(ZclStatus.Success, Image with { Version = 9 })))
            .Should().Be("default 0687");
        Payload(Receive(server, OtaCommand.UpgradeEndRequest, [0])).Should().Be("default 0680");
        Payload(Receive(server, OtaCommand.ImageNotify, [])).Should().Be("default 0081");
        Payload(Receive(server, OtaCommand.QuerySpecificFileRequest, [])).Should().Be("default 0880");
    }

    [Fact]
    public void A_specific_file_is_for_the_device_that_asks()
    {
        OtaServer server = Server(Offer());
        byte[] own = [.. BitConverter.GetBytes(Meter), .. Id(Image), 2, 0];
        byte[] unknown = [.. BitConverter.GetBytes(Meter), .. Id(Image with { Version = 8 }), 2, 0];

        Receive(server, OtaCommand.QuerySpecificFileRequest, own).Answer!.Value.Command.Should().Be(OtaCommand.QuerySpecificFileResponse);
        Payload(Receive(server, OtaCommand.QuerySpecificFileRequest, unknown)).Should().Be("98");
        Payload(Receive(server, OtaCommand.QuerySpecificFileRequest, own, Display)).Should().Be("7E");
    }

    [Fact]
    public void A_block_is_never_longer_than_either_side_allows_nor_than_what_is_left()
    {
        OtaServer server = Server(Offer());
        uint size = (uint)server.Offers[0].Octets.Length;

        DataOf(Receive(server, OtaCommand.ImageBlockRequest, Block(0, maximum: 255)).Answer, 0).Should().HaveCount(48);
        DataOf(Receive(server, OtaCommand.ImageBlockRequest, Block(0, maximum: 1)).Answer, 0).Should().HaveCount(1);
        DataOf(Receive(server, OtaCommand.ImageBlockRequest, Block(size - 1)).Answer, size - 1).Should().HaveCount(1);
    }

    [Fact]
    public void A_download_goes_on_after_the_server_was_started_anew()
    {
        OtaServer first = Server(Offer());
        OtaServer second = Server(Offer());
        Receive(first, OtaCommand.QueryNextImageRequest, Query(1));
        byte[] before = DataOf(Receive(first, OtaCommand.ImageBlockRequest, Block(0)).Answer, 0);

        OtaStep resumed = Receive(second, OtaCommand.ImageBlockRequest, Block(48));
        OtaStep end = Receive(second, OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));

        byte[] both = [.. before, .. DataOf(resumed.Answer, 48)];
        both.Should().Equal(second.Offers[0].Octets[..96].ToArray());
        resumed.Event.Should().Be(OtaEvent.Resumed);
        second.Downloads.Single().FirstOffset.Should().Be(48);
        end.Event.Should().Be(OtaEvent.Confirmed);
    }

    [Fact]
    public void A_block_may_be_asked_for_any_number_of_times()
    {
        OtaServer server = Server(Offer());

        byte[][] blocks =
            [.. Enumerable.Range(0, 5).Select(_ => DataOf(Receive(server, OtaCommand.ImageBlockRequest, Block(0)).Answer, 0))];

        blocks.Should().AllSatisfy(block => block.Should().Equal(blocks[0]));
        server.Downloads.Single().RepeatedBlocks.Should().Be(4);
        server.Downloads.Single().ReachedOctets.Should().Be(48);
    }

    [Fact]
    public void An_aborted_download_ends_with_its_next_request_and_begins_with_the_next_query()
    {
        OtaServer server = Server(Offer());
        Receive(server, OtaCommand.ImageBlockRequest, Block(0));

        server.Abort(Meter).Should().BeTrue();
        server.Abort(Meter).Should().BeFalse("it is over");
        Payload(Receive(server, OtaCommand.ImageBlockRequest, Block(48))).Should().Be("95");
        Receive(server, OtaCommand.QueryNextImageRequest, Query(1)).Event.Should().Be(OtaEvent.Offered);
        Receive(server, OtaCommand.ImageBlockRequest, Block(0)).Event.Should().Be(OtaEvent.Started);
        server.Withdraw(Image);
        Payload(Receive(server, OtaCommand.ImageBlockRequest, Block(48))).Should().Be("95");
    }

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(90, false, 90)]
    [InlineData(-1, true, 0)]
    [InlineData(600, true, 600)]
    public void A_confirmed_image_is_run_at_once_after_a_delay_or_at_a_moment(int seconds, bool isMoment, uint delay)
    {
        TimeSpan span = seconds * Second;
        OtaActivation activation = isMoment ? OtaActivation.At(Origin + _now + span) : OtaActivation.After(span);
        OtaServer server = Server(Offer().With(null, activation));
        uint current = (uint)(Origin + _now - new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;

        OtaStep end = Receive(server, OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));

        end.Answer!.Value.Command.Should().Be(OtaCommand.UpgradeEndResponse);
        Payload(end).Should().Be(Hex(Id(Image)) + Hex(Number(current)) + Hex(Number(current + delay)));
    }

    [Fact]
    public void An_image_that_waits_to_be_told_is_run_when_it_is_told_and_not_before_it_is_confirmed()
    {
        OtaServer server = Server(Offer().With(null, OtaActivation.WhenTold));
        Action early = () => server.Activate(Meter, _now);
        early.Should().Throw<InvalidOperationException>();

        OtaStep end = Receive(server, OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));
        OtaPhase waiting = server.Downloads.Single().Phase;
        OtaAnswer told = server.Activate(Meter, _now);
        OtaStep again = Receive(server, OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));

        Payload(end).Should().EndWith("FFFFFFFF");
        waiting.Should().Be(OtaPhase.Waiting);
        byte[] octets = told.Payload.ToArray();
        octets[8..12].Should().Equal(octets[12..16]);
        Payload(again).Should().Be(Hex(octets), "it missed the first");
    }

    [Fact]
    public void A_server_without_the_time_sends_spans_and_takes_no_moment()
    {
        OtaServer server = new(new OtaServerSettings());
        server.Offer(Offer().With(null, OtaActivation.After(90 * Second)));
        Action moment = () => server.Offer(Offer().With(null, OtaActivation.At(Origin)));

        OtaStep end = Receive(server, OtaCommand.UpgradeEndRequest, End(ZclStatus.Success));

        Payload(end).Should().EndWith("00000000" + "5A000000");
        moment.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(OtaNotifyKind.Jitter, "0064")]
    [InlineData(OtaNotifyKind.Manufacturer, "01645E10")]
    [InlineData(OtaNotifyKind.ImageType, "02645E100100")]
    [InlineData(OtaNotifyKind.Version, "03645E10010003000201")]
    public void A_notify_says_one_field_more_with_each_kind(OtaNotifyKind kind, string expected)
    {
        byte[] notify = OtaNotify.Encode(kind, Image);

        notify.ShouldBeHex(expected);
    }

    [Fact]
    public void A_jitter_is_from_1_to_100()
    {
        Action none = () => OtaNotify.Encode(OtaNotifyKind.Jitter, Image, 0);
        Action much = () => OtaNotify.Encode(OtaNotifyKind.Jitter, Image, 101);

        none.Should().Throw<ArgumentOutOfRangeException>();
        much.Should().Throw<ArgumentOutOfRangeException>();
        OtaNotify.Encode(OtaNotifyKind.Jitter, Image, 1).ShouldBeHex("0001");
    }

    [Fact]
    public void What_is_no_image_is_no_offer()
    {
        OtaOffer? offer = OtaOffer.TryOf(new byte[100], out DeviceHarness.Codecs.CodecFault fault);

        offer.Should().BeNull();
        fault.Kind.Should().Be(DeviceHarness.Codecs.CodecFaultKind.UnexpectedValue);
    }

    internal static OtaServer Server(params OtaOffer[] offers)
    {
        OtaServer server = new(new OtaServerSettings { TimeAtOrigin = Origin });
        foreach (OtaOffer offer in offers)
        {
            server.Offer(offer);
        }

        return server;
    }

    private static string Hex(byte[] octets) => Convert.ToHexString(octets);

    private static string Payload(OtaStep step) =>
        (step.Answer!.Value.Command is null ? "default " : "") + Convert.ToHexString(step.Answer.Value.Payload.Span);

    private OtaStep Receive(OtaServer server, OtaCommand command, byte[] payload, ulong client = Meter) =>
        server.Receive(client, command, payload, _now);
}
