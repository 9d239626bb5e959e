using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Han;

public sealed class HanNetworkTests
{
    private const ushort Time = 0x000A;
    private const ushort Metering = 0x0702;
    private const ushort Events = 0x0709;

    private static readonly HanCandidate Candidate = new(HanBench.Meter, Code());

    [Fact]
    public async Task A_device_on_the_list_joins_with_the_key_of_its_install_code()
    {
        await using HanBench bench = new();
        await bench.Network.StartAsync(default).DefaultTimeout();

        await using HanJoinWindow window = await PermitAsync(bench, 254);
        bench.Adapter.Tell(new ZigBeeDeviceJoined(HanBench.MeterNode, HanBench.Meter, IsRejoin: false, IsSecured: false));

        HanNode? joined = await window.WaitForAsync(HanBench.Meter, default).DefaultTimeout();
        joined!.NodeId.Should().Be(HanBench.MeterNode);
        bench.Adapter.Orders.Should().Equal(
            "clear joining keys", $"joining key {HanBench.Meter:X16} 66B6900981E1EE3CA4206B6B861C02BB", "permit 254");
    }

    [Fact]
    public async Task A_stranger_is_told_to_leave_inside_and_outside_of_a_window()
    {
        const ulong Stranger = 0x0015BC0000000001;
        await using HanBench bench = new();
        await bench.Network.StartAsync(default).DefaultTimeout();

        HanJoinWindow window = await PermitAsync(bench, 60);
        bench.Adapter.Tell(new ZigBeeDeviceJoined(0x1111, Stranger, IsRejoin: false, IsSecured: false));
        HanStrangerRemoved inside = await bench.EventAsync<HanStrangerRemoved>();
        await window.CloseAsync(default).DefaultTimeout();
        bench.Adapter.Tell(new ZigBeeDeviceJoined(HanBench.MeterNode, HanBench.Meter, IsRejoin: false, IsSecured: false));
        HanStrangerRemoved outside = await bench.EventAsync<HanStrangerRemoved>();
        await bench.PumpedAsync();

        (inside.Eui64, outside.Eui64).Should().Be((Stranger, HanBench.Meter));
        bench.Adapter.Orders.Skip(2).Should().Equal(
            "permit 60", $"remove {Stranger:X16}", "permit 0", $"remove {HanBench.Meter:X16}");
        bench.Network.Nodes.Should().BeEmpty();
    }

    [Fact]
    public async Task One_window_is_open_in_a_radio_domain_and_it_closes_by_itself()
    {
        HanRadioDomain domain = new();
        await using HanBench first = new(options => options with { Domain = domain });
        await using HanBench second = new(options => options with { Domain = domain });

        await using HanJoinWindow window = await PermitAsync(first, 60);
        Task<HanNode?> joining = window.WaitForAsync(HanBench.Meter, default);
        Func<Task> elsewhere = () => PermitAsync(second, 60);
        (await elsewhere.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-004");
        first.Clock.Advance(TimeSpan.FromSeconds(60));

        (await joining.DefaultTimeout()).Should().BeNull();
        window.IsOpen.Should().BeFalse();
        await using HanJoinWindow now = await PermitAsync(second, 60);
        now.IsOpen.Should().BeTrue();
    }

    [Fact]
    public async Task Only_the_trust_centre_lets_devices_join()
    {
        await using HanBench bench = new();
        bench.Adapter.Network = bench.Adapter.Network! with { Role = ZigBeeRole.Router };

        Func<Task> permit = () => bench.Network.PermitAsync([Candidate], TimeSpan.FromSeconds(60), default);

        (await permit.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-003");
    }

    [Theory]
    [InlineData("70-B3-D5-2B-60-11-22-33", "83FE D340 7A93 9723 A5C6 39B2 6916 D505 C3B5", "")]
    [InlineData("70B3D52B60112233", "83FED3407A939723A5C639B26916D505C3B6", "the checksum of the install code is wrong")]
    [InlineData("70B3D52B601122", "83FED3407A939723A5C639B26916D505C3B5", "an EUI-64 is 16 hexadecimal digits")]
    [InlineData("70B3D52B60112233", "83FE", "an install code is 6, 8, 12 or 16 octets and two octets of checksum, hexadecimal")]
    public void A_label_is_read_with_its_checksum(string eui64, string code, string problem)
    {
        bool isTaken = HanCandidate.TryParse(eui64, code, out HanCandidate? candidate, out string told);

        (isTaken, told).Should().Be((problem.Length == 0, problem));
        (candidate?.Eui64).Should().Be(isTaken ? HanBench.Meter : null);
    }

    [Fact]
    public async Task An_interview_learns_what_a_node_is()
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<HanNode> interview = bench.Network.Zdo.InterviewAsync(HanBench.Meter, default);
        AnswerZdo(bench, await bench.SentAsync(), content => content
            .Set("node_type", 2).Set("frequency_and_aps", 0x40).Set("capability", 0x80).Set("manufacturer_code", 0x1234)
            .Set("max_buffer", 82).Set("max_incoming_transfer", 128).Set("server_mask", 0).Set("max_outgoing_transfer", 128)
            .Set("descriptor_capability", 0));
        AnswerZdo(bench, await bench.SentAsync(), content => content.Add("endpoints").Set("endpoint", 9));
        AnswerZdo(bench, await bench.SentAsync(), content =>
        {
            content.Set("length", 12).Set("endpoint", 9).Set("profile", 0x0109).Set("device", 0x0501).Set("device_version", 0);
            content.Add("in_clusters").Set("cluster", Metering);
            content.Add("out_clusters").Set("cluster", Time);
        });

        HanNode node = await interview.DefaultTimeout();
        (node.Kind, node.ManufacturerCode, node.IsSleepy).Should().Be((HanNodeKind.SleepyEndDevice, (ushort?)0x1234, true));
        node.EndpointServing(Metering).Should().Be(9);
        node.Endpoints.Should().ContainSingle().Which.OutputClusters.Should().Equal(Time);
        (node.Lqi, node.RssiDbm).Should().Be(((byte?)200, (sbyte?)-50));
        node.LastHeardAt.Should().Be(bench.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_node_that_refuses_its_descriptor_is_told_so()
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<HanNode> interview = bench.Network.Zdo.InterviewAsync(HanBench.Meter, default);
        HanBench.Sent sent = await bench.SentAsync();
        bench.Receive(0x8002, new byte[] { sent.Message.Payload.Span[0], 0x80 }, profile: 0, endpoint: 0);

        (await interview.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<DeviceRefusedException>())
            .Which.DeviceCode.Should().Be(0x80);
    }

    [Theory]
    [InlineData("2026-07-01T12:00:00Z", 3600)]
    [InlineData("2026-01-05T12:00:00Z", 0)]
    [InlineData("2026-03-29T00:59:59Z", 0)]
    [InlineData("2026-03-29T01:00:00Z", 3600)]
    [InlineData("2026-10-25T00:59:59Z", 3600)]
    [InlineData("2026-10-25T01:00:00Z", 0)]
    public async Task A_device_is_told_the_time_and_the_summer_time(string moment, int shift)
    {
        DateTimeOffset now = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
        ManualTimeProvider calendar = new();
        calendar.Advance(now - calendar.GetUtcNow());
        await using HanBench bench = await HanBench.StartAsync(change: options => options with { Calendar = calendar });

        bench.Receive(Time, ZclFrame.Compose(new(ZclFrameType.Global, ZclSide.Client, 77, 0), GlobalCommands.Read(0, 7, 0x0055)));
        HanBench.Sent answer = await bench.SentAsync();

        GlobalCommands.Find(1)!.Layout.Read(answer.Payload.Span, out MessageContent content, out _);
        answer.Header.Sequence.Should().Be(77);
        answer.Message.IsApsEncrypted.Should().BeTrue();
        uint utc = ZclTime.FromMoment(now);
        GlobalCommands.Results(content).Should().Equal(
            new AttributeResult(0, ZclData.Unsigned(ZclDataType.UtcTime, utc)),
            new AttributeResult(7, ZclData.Unsigned(ZclDataType.Unsigned32, utc + (uint)shift)),
            new AttributeResult(0x0055, ZclStatus.UnsupportedAttribute, null));
    }

    [Fact]
    public async Task What_asks_for_the_link_key_is_refused_without_it()
    {
        await using HanBench bench = await HanBench.StartAsync();

        bench.Receive(
            Time, ZclFrame.Compose(new(ZclFrameType.Global, ZclSide.Client, 77, 0), GlobalCommands.Read(0)), isApsEncrypted: false);
        HanBench.Sent answer = await bench.SentAsync();

        answer.Header.Is(GlobalCommand.DefaultResponse).Should().BeTrue();
        answer.Payload.ToArray().ShouldBeHex("00 7E");
        answer.Message.IsApsEncrypted.Should().BeFalse();
        (await bench.EventAsync<HanUnprotectedMessage>()).Message.Cluster.Should().Be(Time);
    }

    [Theory]
    [InlineData(false, false, "00 00")]
    [InlineData(true, false, null)]
    [InlineData(false, true, null)]
    public async Task An_event_is_told_and_answered_by_default_when_that_is_wanted(bool disables, bool isGroupcast, string? answered)
    {
        await using HanBench bench = await HanBench.StartAsync();
        ClusterCommand publish = ClusterCatalogue.Events.Command("PublishEvent", ZclSide.Server);
        MessageContent told = publish.Create().Set("log_id", 4).Set("event_id", 0x10).Set("event_time", 5).Set("event_control", 1)
            .Set("event_data", "x");

        bench.Receive(
            Events, ZclFrame.Compose(publish.Header(9) with { DisableDefaultResponse = disables }, told), isGroupcast: isGroupcast);

        HanMessageHeard heard = await bench.EventAsync<HanMessageHeard>();
        heard.Message.Definition!.Name.Should().Be("PublishEvent");
        heard.Message.Content!.Number("event_id").Should().Be(0x10);
        await bench.PumpedAsync();
        string? answer = bench.Adapter.TryTakeSent(out ZigBeeMessage? sent) ? Convert.ToHexString(sent!.Payload.Span[3..]) : null;
        answer.Should().Be(answered?.Replace(" ", string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_joined_establishes_its_key_and_the_adapter_has_it_after_the_last_message()
    {
        EstablishmentBench keys = new();
        await using HanBench bench = await HanBench.StartAsync(change: options => options with { Establishment = keys.HubSettings });
        keys.MeterSettings.Identities.Should().ContainSingle();
        using EstablishmentMachine meter = new(keys.MeterSettings, EstablishmentRole.Initiator, EstablishmentBench.Hub);
        List<bool> hadKey = [];
        await bench.AgreeAsync(meter, answer =>
        {
            hadKey.Add(bench.Adapter.LinkKeys.Count > 0);
            (answer.Header.Sequence, answer.Message.IsApsEncrypted).Should().Be(((byte)40, false));
        });

        HanKeyEstablishment ended = await bench.EventAsync<HanKeyEstablishment>();
        (ended.Eui64, ended.Failure).Should().Be((HanBench.Meter, EstablishmentFailure.None));
        hadKey.Should().HaveCount(3);
        bench.Adapter.LinkKeys[HanBench.Meter].Should().Be(meter.LinkKey);
        bench.Network.Nodes.Should().ContainSingle().Which.HasEstablishedKey.Should().BeTrue();
    }

    [Fact]
    public async Task Without_a_certificate_no_key_is_established()
    {
        await using HanBench bench = await HanBench.StartAsync();

        Func<Task> establish = () => bench.Network.EstablishKeyAsync(HanBench.Target, default);

        (await establish.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-005");
    }

    [Fact]
    public async Task A_node_that_the_adapter_knows_is_found_and_another_is_not()
    {
        await using HanBench bench = new();
        bench.Adapter.Table[HanBench.Meter] = HanBench.MeterNode;

        HanNode? found = await bench.Network.FindAsync(HanBench.Meter, default).DefaultTimeout();
        HanNode? none = await bench.Network.FindAsync(HanBench.Meter + 1, default).DefaultTimeout();
        Func<Task> unknown = () => bench.Network.Zcl.ReadAsync(new(HanBench.Meter + 1, 1), Metering, [0], default).DefaultTimeout();

        (found?.NodeId, none).Should().Be(((ushort?)HanBench.MeterNode, (HanNode?)null));
        (await unknown.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-002");
    }

    [Fact]
    public async Task A_node_that_nobody_named_is_looked_up_when_it_polls()
    {
        await using HanBench bench = new();
        bench.Adapter.Table[HanBench.Meter] = HanBench.MeterNode;
        await bench.Network.StartAsync(default).DefaultTimeout();

        bench.Poll();
        await bench.PumpedAsync();
        bench.Poll();
        await bench.PumpedAsync();

        bench.Network.Nodes.Should().ContainSingle().Which.IsSleepy.Should().BeTrue();
    }

    private static Task<HanJoinWindow> PermitAsync(HanBench bench, int seconds) =>
        bench.Network.PermitAsync([Candidate], TimeSpan.FromSeconds(seconds), default).DefaultTimeout();

    private static InstallCode Code()
    {
        InstallCode.TryParse("83FED3407A939723A5C639B26916D505C3B5", out InstallCode? code, out _).Should().BeTrue();
        return code!;
    }

    private static void AnswerZdo(HanBench bench, HanBench.Sent request, Action<MessageContent> fill)
    {
        MessageContent answer = ZdoMessages.Create((ushort)(request.Message.Cluster | 0x8000), request.Message.Payload.Span[0])
            .Set("status", 0).Set("nwk_addr", HanBench.MeterNode);
        fill(answer);
        bench.Receive((ushort)(request.Message.Cluster | 0x8000), answer.ToOctets(), profile: 0, endpoint: 0);
    }
}
