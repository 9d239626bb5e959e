using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Han.Upgrades;
using DeviceHarness.Drivers.Ppmid;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota.OtaClientByHand;

namespace DeviceHarness.Drivers.Tests.Ppmid;

/// <summary>A display that the test plays.</summary>
public sealed class PpmidDriverTests : IAsyncLifetime
{
    private const string Version = "01020003";
    private const ushort SoftwareBuild = 0x4000;
    private const ushort CurrentFileVersion = 0x0002;
    private const uint RunsBefore = 0x01020002;

    private static readonly Eui64 Display = new(HanBench.Meter);
    private static readonly FirmwareImage Firmware = new(Offer().Octets);
    private static readonly UpdatePpmidFirmware Request = new(Firmware, Version, [Display]);

    private readonly ManualTimeProvider _pauses = new();
    private HanBench _bench = null!;
    private HanUpgrades _upgrades = null!;
    private PpmidDriver _driver = null!;
    private byte _sequence;

    [Fact]
    public async Task By_11_4_it_is_told_to_run_what_it_verified_and_what_runs_then_is_told()
    {
        Task<SrvResult> running = await DeliverAsync(ZclStatus.Success);
        await AnswerVersionAsync("1.4.2");
        HanBench.Sent order = await _bench.SentAsync();
        await PassPollAsync();
        _bench.AnswerRead(
            await _bench.SentAsync(), new AttributeResult(CurrentFileVersion, ZclData.Unsigned(ZclDataType.Unsigned32, 0x01020003)));
        await AnswerVersionAsync("1.5.0");

        DeviceOutcome outcome = (await running.DefaultTimeout()).Outcome;
        order.Header.Command.Should().Be((byte)OtaCommand.UpgradeEndResponse, "it is told to run the image, without an 11.3");
        outcome.Kind.Should().Be(DeviceOutcomeKind.Done, outcome.Detail);
        outcome.Body.Should().Be(new PpmidAlert(Display, isActivated: true, "1.5.0", _pauses.GetUtcNow()));
    }

    [Fact]
    public async Task One_that_does_not_run_it_in_time_is_a_failed_activation_with_what_runs()
    {
        Task<SrvResult> running = await DeliverAsync(ZclStatus.Success);
        await AnswerVersionAsync("1.4.2");
        await _bench.SentAsync();
        for (int question = 0; question < 3; question++)
        {
            await PassPollAsync();
            _bench.AnswerRead(
                await _bench.SentAsync(), new AttributeResult(CurrentFileVersion, ZclData.Unsigned(ZclDataType.Unsigned32, RunsBefore)));
        }

        await AnswerVersionAsync("1.4.2");

        DeviceOutcome outcome = (await running.DefaultTimeout()).Outcome;
        (outcome.Kind, outcome.DeviceCode).Should().Be((DeviceOutcomeKind.Refused, (int)ActivateImageResponse.ActivationFailure));
        outcome.Body.Should().Be(new PpmidAlert(Display, isActivated: false, "1.4.2", _pauses.GetUtcNow()));
    }

    [Theory]
    [InlineData(ZclStatus.InvalidImage, 1, true)]
    [InlineData(ZclStatus.Abort, 3, false)]
    public async Task What_it_finds_invalid_is_a_failed_activation_and_what_it_gives_up_is_no_alert(ZclStatus status, int code, bool isTold)
    {
        Task<SrvResult> running = await DeliverAsync(status);
        if (isTold)
        {
            await AnswerVersionAsync("1.4.2");
        }

        DeviceOutcome outcome = (await running.DefaultTimeout()).Outcome;
        (outcome.Kind, outcome.DeviceCode).Should().Be((DeviceOutcomeKind.Refused, code));
        outcome.Body.Should().Be(isTold ? new PpmidAlert(Display, isActivated: false, "1.4.2", _pauses.GetUtcNow()) : null);
    }

    [Theory]
    [InlineData(EventLog.Event, 3)]
    [InlineData(EventLog.Security, 4)]
    public async Task Its_log_is_6_13(EventLog log, ulong number)
    {
        DateTimeOffset now = _bench.Clock.GetUtcNow();
        Task<SrvResult> reading = _driver.ExecuteAsync(new ReadEventOrSecurityLog(new(now.AddHours(-1), now), log), default);
        HanBench.Sent sent = await _bench.SentAsync();
        ClusterCommand get = ClusterCatalogue.Events.Command("GetEventLog", ZclSide.Client);
        get.Layout.Read(sent.Payload.Span, out MessageContent asked, out _);
        ClusterCommand publish = ClusterCatalogue.Events.Command("PublishEventLog", ZclSide.Server);
        MessageContent content = publish.Create().Set("total_number_of_matching_events", 1).Set("command_index", 0)
            .Set("total_commands", 1).Set("log_payload_control", 1 << 4);
        content.Add("events").Set("log_id", 3).Set("event_id", 0x2A).Set("event_time", ZclTime.FromMoment(now)).Set("event_data", "");
        _bench.Answer(sent, publish, content);

        DeviceOutcome outcome = (await reading.DefaultTimeout()).Outcome;
        (sent.Header.Command, asked.Number("event_control_log_id")).Should().Be((get.Id, number));
        outcome.Body!.Values["LogCodes"].Should().Be("8F8A", "the profile says so");
    }

    [Fact]
    public async Task A_log_that_only_meters_have_is_refused_without_a_word_to_it()
    {
        DateTimeOffset now = _bench.Clock.GetUtcNow();

        SrvResult result = await _driver.ExecuteAsync(
            new ReadEventOrSecurityLog(new(now.AddHours(-1), now), EventLog.GsmeEvent), default).DefaultTimeout();

        (result.Outcome.Kind, result.Outcome.Detail).Should().Be(
            (DeviceOutcomeKind.Refused, "a PPMID has no log GsmeEvent; it has Event, Security"));
        _bench.Adapter.TryTakeSent(out _).Should().BeFalse();
    }

    public async Task InitializeAsync()
    {
        _bench = await HanBench.StartAsync(change: options => options with
        {
            Servers = [_upgrades = new HanUpgrades(new OtaServerSettings(), options.TimeProvider)],
        });
        _upgrades.Bind(_bench.Network);
        _driver = new PpmidDriver(new SmartEnergyOptions
        {
            Id = new DeviceId("ppmid-01"),
            Eui64 = HanBench.Meter,
            Network = _bench.Network,
            Upgrades = _upgrades,
            TimeProvider = _pauses,
            Profile = new SmartEnergyProfile
            {
                Name = "test",
                DeviceType = SmartEnergyProfile.Ppmid,
                Endpoint = HanBench.Endpoint,
                Firmware = new FirmwareModel(Manufacturer, 1, 1),
                ActivationTimeout = TimeSpan.FromSeconds(15),
                EventCodes = new Dictionary<ushort, string> { [0x2A] = "8F8A" },
            },
        });
    }

    public async Task DisposeAsync()
    {
        await _driver.DisposeAsync();
        await _bench.DisposeAsync();
        await _upgrades.DisposeAsync();
    }

    /// <summary>The display fetches the image and says what it makes of it.</summary>
    private async Task<Task<SrvResult>> DeliverAsync(ZclStatus verdict)
    {
        Task<SrvResult> running = _driver.ExecuteAsync(Request, CancellationToken.None);
        await _bench.SentAsync();
        await AskAsync(_bench, ++_sequence, OtaCommand.QueryNextImageRequest, Query(RunsBefore));
        for (int taken = 0; taken < Firmware.Octets.Length;)
        {
            taken += (await AskAsync(_bench, ++_sequence, OtaCommand.ImageBlockRequest, Block((uint)taken))).Length - 14;
        }

        await AskAsync(_bench, ++_sequence, OtaCommand.UpgradeEndRequest, End(verdict));
        return running;
    }

    private async Task AnswerVersionAsync(string version) => _bench.AnswerRead(
        await _bench.SentAsync(), new AttributeResult(SoftwareBuild, ZclData.CharacterString(version)));

    private async Task PassPollAsync()
    {
        while (_pauses.ArmedTimers == 0)
        {
            await Task.Yield();
        }

        _pauses.Advance(TimeSpan.FromSeconds(5));
    }
}
