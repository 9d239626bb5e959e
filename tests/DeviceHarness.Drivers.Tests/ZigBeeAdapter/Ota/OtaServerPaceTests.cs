using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota.OtaClientByHand;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota;

public sealed class OtaServerPaceTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void A_client_that_asks_too_early_is_told_the_period_and_served_after_it()
    {
        OtaServer server = Server(new OtaServerSettings { MinimumBlockPeriod = 250 * Millisecond });
        Receive(server, Block(0));
        _now += 249 * Millisecond;

        OtaStep early = Receive(server, Block(48));
        _now += Millisecond;
        OtaStep later = Receive(server, Block(48));

        Hex(early).Should().Be("97" + "00000000" + "00000000" + "FA00");
        early.Event.Should().Be(OtaEvent.Deferred);
        DataOf(later.Answer, 48).Should().HaveCount(48);
    }

    [Fact]
    public void A_client_that_keeps_too_short_a_period_is_told_once()
    {
        OtaServer server = Server(new OtaServerSettings { MinimumBlockPeriod = 250 * Millisecond });

        OtaStep told = Receive(server, Block(0, period: 100));
        OtaStep served = Receive(server, Block(0, period: 250));
        OtaServer other = Server(new OtaServerSettings { MinimumBlockPeriod = 250 * Millisecond });
        OtaStep atOnce = Receive(other, Block(0, period: 250));

        Hex(told).Should().EndWith("FA00");
        DataOf(served.Answer, 0).Should().HaveCount(48);
        DataOf(atOnce.Answer, 0).Should().HaveCount(48);
    }

    [Fact]
    public void A_wait_of_seconds_is_sent_in_seconds()
    {
        OtaServer server = Server(new OtaServerSettings { MinimumBlockPeriod = 2500 * Millisecond });
        Receive(server, Block(0));

        OtaStep early = Receive(server, Block(48));

        Hex(early).Should().Be("97" + "00000000" + "03000000" + "C409");
    }

    [Fact]
    public void All_clients_together_keep_the_spacing_of_the_server()
    {
        OtaServer server = Server(new OtaServerSettings { MinimumBlockSpacing = 30 * Millisecond });
        Receive(server, Block(0));

        OtaStep early = Receive(server, Block(0), Display);
        _now += 30 * Millisecond;
        OtaStep later = Receive(server, Block(0), Display);

        Hex(early).Should().EndWith("1E00");
        later.Event.Should().Be(OtaEvent.Started);
    }

    [Fact]
    public void No_more_downloads_go_on_than_there_is_room_for()
    {
        OtaServer server = Server(new OtaServerSettings { MaximumDownloads = 1 });
        Receive(server, Block(0));

        OtaStep crowded = Receive(server, Block(0), Display);
        OtaStep going = Receive(server, Block(48));
        _now += 150 * Second;
        OtaStep free = Receive(server, Block(0), Display);

        Hex(crowded).Should().Be("97" + "00000000" + "3C000000" + "0000");
        going.Event.Should().Be(OtaEvent.Progressed);
        free.Event.Should().Be(OtaEvent.Started, "the first one is quiet and does not count");
    }

    [Fact]
    public void A_page_is_sent_block_by_block_in_the_spacing_that_the_client_asks_for()
    {
        OtaServer server = Server(new OtaServerSettings());
        OtaStep step = server.Receive(Meter, OtaCommand.ImagePageRequest, Page(100, 130, 40), _now);
        List<byte> received = [.. DataOf(step.Answer, 100)];
        List<TimeSpan> times = [_now];

        while (step.NextTick is { } due && due - _now < Second)
        {
            server.Tick(due - TimeSpan.FromTicks(1)).Answer.Should().BeNull("it is not due");
            _now = due;
            step = server.Tick(_now);
            received.AddRange(DataOf(step.Answer, 100 + (uint)received.Count));
            times.Add(_now);
        }

        received.Should().Equal(server.Offers[0].Octets.Slice(100, 130).ToArray());
        times.Zip(times.Skip(1), (first, second) => second - first).Should().HaveCount(2).And.OnlyContain(gap => gap == 40 * Millisecond);
    }

    [Fact]
    public void A_page_ends_with_the_image_and_is_dropped_with_the_download()
    {
        OtaServer server = Server(new OtaServerSettings());
        uint size = (uint)server.Offers[0].Octets.Length;

        OtaStep last = server.Receive(Meter, OtaCommand.ImagePageRequest, Page(size - 10, 1000, 40), _now);
        OtaStep next = server.Receive(Meter, OtaCommand.ImagePageRequest, Page(0, 1000, 40), _now);
        server.Abort(Meter);
        OtaStep none = server.Tick(next.NextTick!.Value);

        DataOf(last.Answer, size - 10).Should().HaveCount(10);
        last.Event.Should().Be(OtaEvent.AllSent);
        none.Answer.Should().BeNull();
    }

    [Fact]
    public void A_page_of_an_image_that_was_taken_away_is_aborted()
    {
        OtaServer server = Server(new OtaServerSettings());
        OtaStep first = server.Receive(Meter, OtaCommand.ImagePageRequest, Page(0, 1000, 40), _now);

        server.Withdraw(Image);
        OtaStep step = server.Tick(first.NextTick!.Value);

        Hex(step).Should().Be("95");
        step.Event.Should().Be(OtaEvent.Aborted);
    }

    [Fact]
    public void A_silent_client_is_quiet_then_stalled_told_once_and_alive_again_with_its_next_request()
    {
        OtaServer server = Server(new OtaServerSettings { QuietAfter = 150 * Second, StalledAfter = 3900 * Second });
        TimeSpan stall = Receive(server, Block(0)).NextTick!.Value;
        OtaDownload download = server.Downloads.Single();

        download.Liveness(_now + (149 * Second)).Should().Be(OtaLiveness.Active);
        download.Liveness(_now + (150 * Second)).Should().Be(OtaLiveness.Quiet);
        stall.Should().Be(_now + (3900 * Second));
        server.Tick(stall - TimeSpan.FromTicks(1)).Event.Should().Be(OtaEvent.None);
        OtaStep told = server.Tick(stall);
        download.Liveness(stall).Should().Be(OtaLiveness.Stalled);
        server.Tick(stall).Event.Should().Be(OtaEvent.None);
        _now = stall;
        Receive(server, Block(48)).NextTick.Should().Be(stall + (3900 * Second));

        told.Should().BeEquivalentTo(new { Client = Meter, Event = OtaEvent.Stalled, NextTick = (TimeSpan?)null });
        download.Liveness(_now).Should().Be(OtaLiveness.Active);
    }

    [Fact]
    public void A_client_that_ended_is_expected_no_more()
    {
        OtaServer server = Server(new OtaServerSettings());
        Receive(server, Block(0));

        OtaStep step = server.Receive(Meter, OtaCommand.UpgradeEndRequest, End(ZclStatus.Abort), _now);

        step.NextTick.Should().BeNull();
        server.Downloads.Single().Liveness(_now + TimeSpan.FromDays(9)).Should().Be(OtaLiveness.Over);
        server.Downloads.Single().Phase.Should().Be(OtaPhase.Refused);
    }

    [Fact]
    public void The_rest_is_estimated_from_what_was_measured_and_not_from_the_size()
    {
        OtaServer server = Server(new OtaServerSettings());
        Receive(server, Block(0));
        server.Downloads.Single().EstimatedRest.Should().BeNull();
        _now += 48 * Second;
        Receive(server, Block(48));

        OtaDownload download = server.Downloads.Single();

        download.OctetsPerSecond.Should().BeApproximately(2, 1e-9);
        download.EstimatedRest!.Value.TotalSeconds.Should().BeApproximately((download.TotalOctets - 96) / 2.0, 1e-3);
    }

    [Fact]
    public void Of_more_clients_than_are_kept_the_one_that_was_silent_longest_is_forgotten_and_still_served()
    {
        OtaServer server = Server(new OtaServerSettings { MaximumDownloads = 1000 });
        for (ulong client = 1; client <= OtaServerSettings.MaximumClients + 1; client++)
        {
            Receive(server, Block(0), client);
            _now += Millisecond;
        }

        OtaStep forgotten = Receive(server, Block(48), 1);

        server.Downloads.Should().HaveCount(OtaServerSettings.MaximumClients);
        forgotten.Event.Should().Be(OtaEvent.Resumed);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(65, 1, 0)]
    [InlineData(48, 0, 0)]
    [InlineData(48, 1, 65_536)]
    public void Limits_out_of_range_are_refused(byte block, int downloads, int period)
    {
        OtaServerSettings settings = new()
        {
            MaximumBlockOctets = block,
            MaximumDownloads = downloads,
            MinimumBlockPeriod = period * Millisecond,
        };

        Action act = () => _ = new OtaServer(settings);

        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static OtaServer Server(OtaServerSettings settings)
    {
        OtaServer server = new(settings);
        server.Offer(Offer());
        return server;
    }

    private static string Hex(OtaStep step) => Convert.ToHexString(step.Answer!.Value.Payload.Span);

    private OtaStep Receive(OtaServer server, byte[] block, ulong client = Meter) =>
        server.Receive(client, OtaCommand.ImageBlockRequest, block, _now);
}
