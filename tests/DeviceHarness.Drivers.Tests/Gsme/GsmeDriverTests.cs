using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.Ppmid;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Gsme;

public sealed class GsmeDriverTests
{
    private static readonly SmartEnergyProfile Profile = new()
    {
        Name = "test",
        Endpoint = 1,
        EventCodes = new Dictionary<ushort, string> { [0x22] = "8154" },
    };

    [Theory]
    [InlineData(1_234_567_899, 1, 1_000_000, 0x01, "1234.567")]
    [InlineData(1_234_567, 1, 1000, 0x01, "1234.567")]
    [InlineData(1234, 10, 1, 0x81, "12340")]
    public async Task The_register_is_told_in_cubic_metres(long raw, uint multiplier, uint divisor, byte unit, string volume)
    {
        await using HanBench bench = await HanBench.StartAsync();
        GsmeDriver driver = Driver(bench);

        Task<SrvResult> reading = driver.ExecuteAsync(new ReadInstantaneousImportRegisters(), default);
        HanBench.Sent sent = await bench.SentAsync();
        bench.AnswerRead(sent, Metering(raw, multiplier, divisor, unit));

        SrvResult result = await reading.DefaultTimeout();
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        result.Outcome.Body!.Values["Gas.ConsumptionRegister.Value"].Should().Be(volume);
        result.Latency.Exchanges.Should().Be(1);
        sent.Message.IsApsEncrypted.Should().BeTrue();
    }

    [Theory]
    [InlineData(1u, 0u, 0x01)]
    [InlineData(1u, 1000u, 0x00)]
    public async Task A_register_without_a_scale_or_in_kilowatt_hours_breaks_the_protocol(uint multiplier, uint divisor, byte unit)
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<SrvResult> reading = Driver(bench).ExecuteAsync(new ReadInstantaneousImportRegisters(), default);
        bench.AnswerRead(await bench.SentAsync(), Metering(1, multiplier, divisor, unit));

        (await reading.DefaultTimeout()).Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
    }

    [Theory]
    [InlineData(ZclStatus.NotAuthorised, DeviceOutcomeKind.Refused)]
    [InlineData(ZclStatus.UnsupportedAttribute, DeviceOutcomeKind.Refused)]
    [InlineData(ZclStatus.NoImageAvailable, DeviceOutcomeKind.ProtocolError)]
    public async Task A_status_is_a_legal_no_or_a_breach(ZclStatus status, DeviceOutcomeKind kind)
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<SrvResult> reading = Driver(bench).ExecuteAsync(new ReadSupplyStatus(), default);
        bench.AnswerRead(await bench.SentAsync(), new(0x0014, status, null), new(0x0201, status, null));

        DeviceOutcome outcome = (await reading.DefaultTimeout()).Outcome;
        (outcome.Kind, outcome.DeviceCode).Should().Be((kind, (int?)status));
    }

    [Theory]
    [InlineData(0, SupplyState.Disabled)]
    [InlineData(1, SupplyState.Armed)]
    [InlineData(2, SupplyState.Enabled)]
    public async Task The_valve_and_the_battery_are_read(byte state, SupplyState told)
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<SrvResult> reading = Driver(bench).ExecuteAsync(new ReadSupplyStatus(), default);
        bench.AnswerRead(
            await bench.SentAsync(), new(0x0014, ZclData.Unsigned(ZclDataType.Enum8, state)),
            new(0x0201, ZclData.Unsigned(ZclDataType.Unsigned8, 87)));

        (await reading.DefaultTimeout()).Outcome.Body.Should().Be(
            new ReadSupplyStatusRsp { MessageSuccess = true, SupplyState = told, RemainingBatteryCapacity = 87 });
    }

    [Theory]
    [InlineData(0, DeviceOutcomeKind.Done)]
    [InlineData(2, DeviceOutcomeKind.Refused)]
    public async Task The_valve_is_closed_when_the_meter_says_so(byte told, DeviceOutcomeKind kind)
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<SrvResult> closing = Driver(bench).ExecuteAsync(new DisableSupply(), default);
        HanBench.Sent sent = await bench.SentAsync();
        ClusterCommand response = ClusterCatalogue.Metering.Command("SupplyStatusResponse", ZclSide.Server);
        bench.Answer(sent, response, response.Create().Set("provider_id", 0).Set("issuer_event_id", 1)
            .Set("implementation_date_time", 0).Set("supply_status", told));

        (await closing.DefaultTimeout()).Outcome.Kind.Should().Be(kind);
        MessageContent content = Content("ChangeSupply", sent);
        (content.Number("proposed_supply_status"), content.Number("implementation_date_time")).Should().Be((0UL, 0UL));
    }

    [Theory]
    [InlineData(TopUpResult.Accepted, DeviceOutcomeKind.Done)]
    [InlineData(TopUpResult.DuplicateTopUp, DeviceOutcomeKind.Refused)]
    public async Task A_top_up_is_carried_out_when_the_meter_accepts_it(TopUpResult result, DeviceOutcomeKind kind)
    {
        await using HanBench bench = await HanBench.StartAsync();

        Task<SrvResult> entering = Driver(bench).ExecuteAsync(new TopUpDevice("12345678901234567890"), default);
        bench.Answer(
            await bench.SentAsync(), ClusterCatalogue.Prepayment.Command("ConsumerTopUpResponse", ZclSide.Server),
            new TopUpResponse(result, 1000, 0, 5000).ToContent());

        DeviceOutcome outcome = (await entering.DefaultTimeout()).Outcome;
        outcome.Kind.Should().Be(kind);
        outcome.Detail.Should().NotContain("1234567890");
    }

    [Theory]
    [InlineData(ZclStatus.Success, DeviceOutcomeKind.Done)]
    [InlineData(ZclStatus.NotAuthorised, DeviceOutcomeKind.Refused)]
    public async Task A_message_is_shown_by_the_meter_and_published_once_the_meter_took_it(ZclStatus status, DeviceOutcomeKind kind)
    {
        MessageDesk desk = new();
        await using HanBench bench = await HanBench.StartAsync(change: options => options with { Servers = [desk] });

        Task<SrvResult> showing = Driver(bench, messages: desk).ExecuteAsync(new DisplayMessage("Credit is low"), default);
        HanBench.Sent sent = await bench.SentAsync();
        bench.Answer(sent, GlobalCommand.DefaultResponse, GlobalCommands.Default(0x00, status));
        DeviceOutcome outcome = (await showing.DefaultTimeout()).Outcome;
        bench.Receive(0x0703, new byte[] { 0x01, 0x77, 0x00 });
        HanBench.Sent published = await bench.SentAsync();

        outcome.Kind.Should().Be(kind, outcome.Detail);
        (sent.Message.Cluster, sent.Header.From, sent.Header.Command).Should().Be(((ushort)0x0703, ZclSide.Server, (byte)0x00));
        sent.Payload.ToArray()[^13..].Should().Equal("Credit is low"u8.ToArray());
        published.Header.Type.Should().Be(kind == DeviceOutcomeKind.Done ? ZclFrameType.Cluster : ZclFrameType.Global);
    }

    [Fact]
    public async Task The_log_is_put_together_from_all_its_commands_and_cut_to_the_period()
    {
        await using HanBench bench = await HanBench.StartAsync();
        DateTimeOffset start = bench.Clock.GetUtcNow();

        Task<SrvResult> reading = Driver(bench).ExecuteAsync(
            new ReadEventOrSecurityLog(new(start, start.AddHours(1)), EventLog.Event), default);
        HanBench.Sent sent = await bench.SentAsync();
        Publish(bench, sent, 0, (0x22, start.AddMinutes(5)), (0x10, start.AddMinutes(-1)));
        Publish(bench, sent, 1, (0x11, start.AddMinutes(2)));

        DeviceOutcome outcome = (await reading.DefaultTimeout()).Outcome;
        outcome.Body!.Values["LogCodes"].Should().Be("0011 8154");
        Content("GetEventLog", sent).Number("event_control_log_id").Should().Be(3);
    }

    [Fact]
    public async Task A_sleeping_meter_is_asked_at_its_wake_and_its_silence_is_told_as_unreachable_after_it()
    {
        await using HanBench bench = await HanBench.StartAsync();
        GsmeDriver driver = Driver(bench, Profile with { WakeInterval = TimeSpan.FromMinutes(30) });
        bench.Clock.Advance(TimeSpan.FromSeconds(2));

        Task<SrvResult> waiting = driver.ExecuteAsync(new ReadFirmwareVersion(), default);
        bench.Clock.Advance(TimeSpan.FromMinutes(30));
        await bench.PumpedAsync();
        bench.Adapter.TryTakeSent(out _).Should().BeFalse();
        waiting.IsCompleted.Should().BeFalse();
        bench.Poll();
        bench.Answer(
            await bench.SentAsync(), GlobalCommand.ReadAttributesResponse,
            GlobalCommands.Values(GlobalCommand.ReadAttributesResponse, [new(0x4000, ZclData.CharacterString("1.3.0"))]), false);
        SrvResult read = await waiting.DefaultTimeout();
        await bench.PumpedAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        Task<SrvResult> silent = driver.ExecuteAsync(new ReadFirmwareVersion(), default);
        bench.Clock.Advance(TimeSpan.FromMinutes(31));

        read.Outcome.Body.Should().Be(new ReadFirmwareVersionRsp { MessageSuccess = true, FirmwareVersion = "1.3.0" });
        DeviceOutcome outcome = (await silent.DefaultTimeout()).Outcome;
        (outcome.Kind, outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.Unreachable, (bool?)false));
    }

    [Fact]
    public async Task A_silence_after_an_acknowledgement_is_no_answer_and_a_lost_adapter_is_the_bench()
    {
        await using HanBench bench = await HanBench.StartAsync();
        GsmeDriver driver = Driver(bench);

        Task<SrvResult> silent = driver.ExecuteAsync(new ReadSupplyStatus(), default);
        await bench.SentAsync();
        await bench.PumpedAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(10));
        DeviceOutcome outcome = (await silent.DefaultTimeout()).Outcome;
        Task<SrvResult> lost = driver.ExecuteAsync(new ReadSupplyStatus(), default);
        await bench.SentAsync();
        bench.Adapter.Tell(new ZigBeeAdapterLost(new AdapterException("ASH-016", AdapterFault.LinkLost, "zb-01: lost")));

        (outcome.Kind, outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.NoAnswer, (bool?)true));
        await lost.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<AdapterException>();
    }

    [Fact]
    public async Task A_meter_that_has_not_joined_cannot_be_reached_and_another_variant_is_refused()
    {
        await using HanBench bench = new();
        await bench.Network.StartAsync(default).DefaultTimeout();
        GsmeDriver driver = Driver(bench);

        DeviceOutcome outcome = (await driver.ExecuteAsync(new ReadSupplyStatus(), default).DefaultTimeout()).Outcome;
        Func<Task> enable = () => driver.ExecuteAsync(new EnableSupply(), default);

        outcome.Kind.Should().Be(DeviceOutcomeKind.Unreachable);
        (await enable.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("DRIV-001");
        driver.ServiceReferenceVariants.Should().BeEquivalentTo(
            GsmeDriver.Served.Except(["11.1", "11.3"]), "this network has no upgrade server, and a gas meter no 7.1");
    }

    [Fact]
    public async Task An_event_becomes_an_alert_and_a_report_does_not()
    {
        await using HanBench bench = await HanBench.StartAsync();
        GsmeDriver driver = Driver(bench);
        ClusterCommand publish = ClusterCatalogue.Events.Command("PublishEvent", ZclSide.Server);

        bench.Receive(0x0702, ZclFrame.Compose(
            new(ZclFrameType.Global, ZclSide.Server, 1, (byte)GlobalCommand.ReportAttributes),
            GlobalCommands.Values(GlobalCommand.ReportAttributes, [new(0, ZclData.Unsigned(ZclDataType.Unsigned48, 1))])));
        bench.Receive(0x0709, publish.Compose(2, publish.Create().Set("log_id", 3).Set("event_id", 0x22)
            .Set("event_time", ZclTime.FromMoment(bench.Clock.GetUtcNow())).Set("event_control", 2).Set("event_data", "")));
        await bench.PumpedAsync();

        driver.TryTakeNotification(out DeviceNotification? alert).Should().BeTrue();
        (alert!.Code, alert.OccurredAt).Should().Be(("8154", (DateTimeOffset?)bench.Clock.GetUtcNow()));
        driver.TryTakeNotification(out _).Should().BeFalse();
    }

    [Fact]
    public void The_profile_of_the_repository_is_read_and_a_wrong_one_is_told_by_its_key()
    {
        string path = Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "han", "generic-smets1-gsme.yaml");
        SmartEnergyProfile profile = SmartEnergyProfile.LoadFile(path);
        Func<SmartEnergyProfile> wrong = () => SmartEnergyProfile.Load(
            File.ReadAllText(path).Replace("wake-interval: 30m", "wake-interval: often", StringComparison.Ordinal), path);

        (profile.WakeInterval, profile.Level, profile.Endpoint).Should().Be(
            ((TimeSpan?)TimeSpan.FromMinutes(30), ProfileLevel.SmartEnergy12, (byte?)null));
        wrong.Should().Throw<ConfigurationException>().Which.Message.Should().Contain("wake-interval");
    }

    private static GsmeDriver Driver(HanBench bench, SmartEnergyProfile? profile = null, MessageDesk? messages = null) => new(new()
    {
        Id = new DeviceId("gsme-01"),
        Eui64 = HanBench.Meter,
        Profile = profile ?? Profile,
        Network = bench.Network,
        Messages = messages,
        TimeProvider = bench.Clock,
    });

    private static AttributeResult[] Metering(long raw, uint multiplier, uint divisor, byte unit) =>
    [
        new(0x0000, ZclData.Unsigned(ZclDataType.Unsigned48, (ulong)raw)),
        new(0x0300, ZclData.Unsigned(ZclDataType.Enum8, unit)),
        new(0x0301, ZclData.Unsigned(ZclDataType.Unsigned24, multiplier)),
        new(0x0302, ZclData.Unsigned(ZclDataType.Unsigned24, divisor)),
    ];

    private static MessageContent Content(string command, HanBench.Sent sent)
    {
        ClusterCatalogue.Find(sent.Message.Cluster)!.Command(command, ZclSide.Client).Layout
            .Read(sent.Payload.Span, out MessageContent content, out _);
        return content;
    }

    private static void Publish(
        HanBench bench, HanBench.Sent sent, byte index, params (ushort Number, DateTimeOffset At)[] events)
    {
        ClusterCommand publish = ClusterCatalogue.Events.Command("PublishEventLog", ZclSide.Server);
        MessageContent content = publish.Create().Set("total_number_of_matching_events", 3).Set("command_index", index)
            .Set("total_commands", 2).Set("log_payload_control", events.Length << 4);
        foreach ((ushort number, DateTimeOffset at) in events)
        {
            content.Add("events").Set("log_id", 3).Set("event_id", number).Set("event_time", ZclTime.FromMoment(at))
                .Set("event_data", "");
        }

        bench.Answer(sent, publish, content);
    }
}
