using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Drivers.CommsHub.Han;
using DeviceHarness.Drivers.Han.Upgrades;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.CommsHub.Han;

/// <summary>Service requests on a comms hub by its home area network: the harness as the hub, and a hub in whose network it is.</summary>
public sealed class HanHubDriverTests
{
    private const ulong Own = 0x00124B0001020304;
    private const ulong First = 0x90B3D51F300000B1;
    private const byte NotSupported = 0x84;

    private static readonly ReadEventOrSecurityLog Events = new(
        new ReadLogPeriod(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)), EventLog.Event);

    [Fact]
    public async Task The_harness_as_hub_tells_its_own_network_lets_devices_in_and_keeps_no_events()
    {
        await using HanBench bench = await HanBench.StartAsync();
        using TrustCentreLog log = new(bench.Clock);
        log.Attach(bench.Network);
        await using HanHubDriver driver = new(Options(bench, Own) with { DeviceLog = log });
        HanDeviceJoin join = new(60, "83FED3407A939723A5C639B26916D505");

        DeviceOutcome devices = await AskAsync(driver, new ReadDeviceLog());
        DeviceOutcome added = await AskAsync(driver, new UpdateHANDeviceLog(new Eui64(First), HanLogChange.Add, join));
        DeviceOutcome twice = await AskAsync(driver, new UpdateHANDeviceLog(new Eui64(First), HanLogChange.Add, join));
        DeviceOutcome removed = await AskAsync(driver, new UpdateHANDeviceLog(new Eui64(First), HanLogChange.Remove));
        DeviceOutcome events = await AskAsync(driver, Events);

        devices.Body!.Values["DeviceIDs"].Should().Be(new Eui64(HanBench.Meter).ToString());
        (added.Kind, twice.Kind, twice.DeviceCode, removed.Kind).Should()
            .Be((DeviceOutcomeKind.Done, DeviceOutcomeKind.Refused, 1, DeviceOutcomeKind.Done));
        twice.Body!.MessageSuccess.Should().BeFalse();
        events.Should().Match<DeviceOutcome>(told => told.Kind == DeviceOutcomeKind.NotOverThisLink && told.Body == null)
            .And.Match<DeviceOutcome>(told => told.Detail.Contains("DLMS service port"));
        bench.Adapter.TryTakeSent(out _).Should().BeFalse("nothing of it goes over the air");
    }

    [Fact]
    public async Task Another_EUI_64_than_the_adapters_is_the_wrong_device_and_nothing_is_changed()
    {
        await using HanBench bench = await HanBench.StartAsync();
        using TrustCentreLog log = new(bench.Clock);
        log.Attach(bench.Network);
        await using HanHubDriver driver = new(Options(bench, First) with { DeviceLog = log });

        Func<Task> removing = () => driver.ExecuteAsync(
            new UpdateHANDeviceLog(new Eui64(HanBench.Meter), HanLogChange.Remove), default);

        (await removing.Should().ThrowAsync<WrongDeviceException>()).Which.Found.Should().Be($"{Own:X16}");
        bench.Adapter.Orders.Should().BeEmpty();
    }

    [Fact]
    public async Task A_hubs_neighbours_are_asked_for_as_long_as_there_are_more()
    {
        await using HanBench bench = await JoinedAsync();
        await using HanHubDriver driver = new(Options(bench, HanBench.Meter));

        Task<SrvResult> reading = driver.ExecuteAsync(new ReadDeviceLog(), default);
        HanBench.Sent first = await bench.SentAsync();
        Answer(bench, first, 3, 0, First + 2, First);
        HanBench.Sent second = await bench.SentAsync();
        Answer(bench, second, 3, 2, First + 1);
        DeviceOutcome outcome = (await reading.DefaultTimeout()).Outcome;

        (first.Message.Cluster, first.Payload.Span[1], second.Payload.Span[1]).Should().Be((0x0031, 0, 2));
        ((ReadDeviceLogRsp)outcome.Body!).Devices.Should().Equal(
            new HanDeviceLogEntry(new Eui64(First)), new HanDeviceLogEntry(new Eui64(First + 1)),
            new HanDeviceLogEntry(new Eui64(First + 2)));
        outcome.Detail.Should().Contain("neighbours");
    }

    [Theory]
    [InlineData(3, 0, DeviceOutcomeKind.ProtocolError)]
    [InlineData(0, 0, DeviceOutcomeKind.Done)]
    [InlineData(0, 1, DeviceOutcomeKind.ProtocolError)]
    public async Task An_answer_that_leads_no_further_breaks_the_protocol_and_none_at_all_is_an_empty_log(
        byte entries, byte start, DeviceOutcomeKind kind)
    {
        await using HanBench bench = await JoinedAsync();
        await using HanHubDriver driver = new(Options(bench, HanBench.Meter));

        Task<SrvResult> reading = driver.ExecuteAsync(new ReadDeviceLog(), default);
        Answer(bench, await bench.SentAsync(), entries, start);

        (await reading.DefaultTimeout()).Outcome.Kind.Should().Be(kind);
    }

    [Fact]
    public async Task A_hub_that_does_not_tell_its_neighbours_refuses_and_is_not_broken()
    {
        await using HanBench bench = await JoinedAsync();
        await using HanHubDriver driver = new(Options(bench, HanBench.Meter));

        Task<SrvResult> reading = driver.ExecuteAsync(new ReadDeviceLog(), default);
        HanBench.Sent sent = await bench.SentAsync();
        bench.Receive(0x8031, new byte[] { sent.Payload.Span[0], NotSupported }, profile: 0, endpoint: 0);

        (await reading.DefaultTimeout()).Outcome.Should().Match<DeviceOutcome>(
            told => told.Kind == DeviceOutcomeKind.Refused && told.DeviceCode == NotSupported && told.Body!.MessageSuccess == false);
    }

    [Fact]
    public async Task What_a_hub_tells_at_its_service_port_alone_is_sent_nowhere()
    {
        await using HanBench bench = new();
        await bench.Network.StartAsync(default).DefaultTimeout();
        await using HanHubDriver driver = new(Options(bench, HanBench.Meter));

        DeviceOutcome change = await AskAsync(driver, new UpdateHANDeviceLog(new Eui64(First), HanLogChange.Remove));
        DeviceOutcome events = await AskAsync(driver, Events);

        new[] { change, events }.Should().OnlyContain(
            told => told.Kind == DeviceOutcomeKind.NotOverThisLink && told.Detail.Contains("DLMS service port"));
        bench.Adapter.TryTakeSent(out _).Should().BeFalse("the hub is not even looked for");
    }

    [Fact]
    public async Task Its_maker_and_model_are_those_of_the_Basic_cluster()
    {
        await using HanBench bench = await JoinedAsync();
        await using HanHubDriver driver = new(Options(bench, HanBench.Meter));

        Task<SrvResult> reading = driver.ExecuteAsync(new ReadDeviceConfigurationIdentityExcMPxN(), default);
        HanBench.Sent sent = await bench.SentAsync();
        bench.AnswerRead(sent, new AttributeResult(0x0004, ZclData.CharacterString("DHV")));
        bench.AnswerRead(await bench.SentAsync(), new AttributeResult(0x0005, ZclData.CharacterString("HUB-1")));

        (await reading.DefaultTimeout()).Outcome.Body.Should().BeEquivalentTo(new { ModelType = "HUB-1", ManufacturerIdentifier = "DHV" });
        sent.Message.Cluster.Should().Be(ClusterCatalogue.Basic.Id);
    }

    [Fact]
    public async Task Firmware_is_brought_to_a_hub_in_whose_network_the_harness_is_an_upgrade_server_and_to_none_other()
    {
        await using HanBench bench = await JoinedAsync();
        await using HanUpgrades upgrades = new(new OtaServerSettings(), bench.Clock);
        SmartEnergyOptions options = Options(bench, HanBench.Meter);
        await using HanHubDriver without = new(options);
        await using HanHubDriver with = new(options with { Upgrades = upgrades });

        without.ServiceReferenceVariants.Should().BeEquivalentTo(["6.2.4", "6.13", "8.9", "8.11", "11.2"]);
        with.ServiceReferenceVariants.Should().BeEquivalentTo(HanHubDriver.Served);
    }

    private static async Task<HanBench> JoinedAsync()
    {
        HanBench bench = await HanBench.StartAsync();
        bench.Adapter.Network = new(ZigBeeRole.Router, 0x1234, 0x1122334455667788, 0x1A62, 15, 5);
        return bench;
    }

    private static async Task<DeviceOutcome> AskAsync(HanHubDriver driver, Duis.Bodies.SrvRequestBody body) =>
        (await driver.ExecuteAsync(body, default).DefaultTimeout()).Outcome;

    private static void Answer(HanBench bench, HanBench.Sent asked, byte entries, byte start, params ulong[] neighbours)
    {
        MessageContent answer = ZdoMessages.Create(0x8031, asked.Payload.Span[0]).Set("status", 0).Set("entries", entries)
            .Set("start_index", start).Set("count", neighbours.Length);
        foreach (ulong neighbour in neighbours)
        {
            answer.Add("neighbours").Set("extended_pan_id", 1).Set("ieee_addr", neighbour).Set("nwk_addr", 7).Set("relation", 0x12)
                .Set("permit_joining", 2).Set("depth", 1).Set("lqi", 200);
        }

        bench.Receive(0x8031, answer.ToOctets(), profile: 0, endpoint: 0);
    }

    private static SmartEnergyOptions Options(HanBench bench, ulong hub)
    {
        SmartEnergyProfile profile = SmartEnergyProfile.LoadFile(
            Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "han", "generic-smets1-hub.yaml"));
        return new SmartEnergyOptions
        {
            Id = new DeviceId("hub-01"),
            Eui64 = hub,
            Network = bench.Network,
            Profile = profile with { Endpoint = HanBench.Endpoint },
            TimeProvider = bench.Clock,
        };
    }
}
