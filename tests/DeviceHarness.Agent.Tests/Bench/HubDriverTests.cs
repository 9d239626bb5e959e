using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.CommsHub;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.Supply;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The comms hub's driver before the virtual hub: neither knows the other's file.</summary>
public sealed class HubDriverTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly Eui64 Hub = Eui64.Parse("90-B3-D5-1F-30-00-00-A2");
    private static readonly Eui64 Meter = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");
    private static readonly Eui64 NewMeter = Eui64.Parse("90-B3-D5-1F-30-00-00-B1");
    private static readonly HanDeviceJoin Join = new(600, "83FED3407A939723A5C639B26916D505");

    private readonly DeviceLine _line = new("chf-01");
    private readonly SupplyFeed _supply = new();
    private readonly VirtualHub _hub;
    private readonly HubDriver _driver;

    public HubDriverTests()
    {
        HubModel model = HubModelReader.ReadFile(PathOf("virtual", "hub.yaml"), _line.Clock.GetUtcNow());
        _hub = new VirtualHub("chf-01", model, _supply, _line.Clock);
        _line.Serve(_hub);
        _driver = new HubDriver(new HubOptions
        {
            Id = new DeviceId("chf-01"),
            Profile = DeviceProfileLoader.LoadFile(PathOf("profiles", "generic-smets1-hub.yaml")),
            Transport = _line.Near,
            TimeProvider = _line.Clock,
        });
    }

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _driver.DisposeAsync();
        await _line.DisposeAsync();
    }

    [Fact]
    public void The_driver_serves_what_it_says_that_it_serves()
    {
        _driver.ServiceReferenceVariants.Should().BeEquivalentTo(HubDriver.Served);
    }

    [Fact]
    public async Task The_firmware_version_is_read()
    {
        SrvResult result = await DoAsync(new ReadFirmwareVersion());

        result.Outcome.Body.Should().Be(new ReadFirmwareVersionRsp { MessageSuccess = true, FirmwareVersion = "2.1.0" });
    }

    [Fact]
    public async Task A_hub_whose_version_is_stuck_reads_as_the_one_before()
    {
        _hub.Defects = EsmeDefects.StuckVersion;

        SrvResult result = await DoAsync(new ReadFirmwareVersion());

        result.Outcome.Body.Should().Be(new ReadFirmwareVersionRsp { MessageSuccess = true, FirmwareVersion = "2.0.4" });
    }

    [Fact]
    public async Task The_devices_of_its_network_are_read_with_when_and_how_well_each_was_heard()
    {
        DateTimeOffset start = _line.Clock.GetUtcNow();

        ReadDeviceLogRsp log = (ReadDeviceLogRsp)(await DoAsync(new ReadDeviceLog())).Outcome.Body!;

        log.Devices.Should().Equal(
            new HanDeviceLogEntry(Meter, start.AddSeconds(-10)),
            new HanDeviceLogEntry(Eui64.Parse("90-B3-D5-1F-30-00-00-A1"), start.AddMinutes(-25), -61),
            new HanDeviceLogEntry(Eui64.Parse("90-B3-D5-1F-30-00-00-A4")));
    }

    [Fact]
    public async Task Security_details_are_refused_without_a_word_to_the_hub()
    {
        await DoAsync(new ReadFirmwareVersion());
        _line.Near.Take();

        SrvResult result = await RunAsync(new ReadDeviceLog(ReadsSecurityDetails: true));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Body!.MessageSuccess.Should().BeFalse();
        _line.Near.Take().Should().BeEmpty();
    }

    [Fact]
    public async Task A_device_is_added_and_removed_and_the_log_tells_of_both()
    {
        await DoAsync(new UpdateHANDeviceLog(NewMeter, HanLogChange.Add, Join));
        ulong[] added = [.. _hub.Devices.Select(device => device.Identifier)];
        await DoAsync(new UpdateHANDeviceLog(NewMeter, HanLogChange.Remove));

        added.Should().Contain(NewMeter.Value);
        _hub.Devices.Should().NotContain(device => device.Identifier == NewMeter.Value);
        _hub.Alerts.Should().Equal(_hub.Alerts.Select(alert => alert with { Code = 0x8F12, About = NewMeter.Value }))
            .And.HaveCount(2);
    }

    [Fact]
    public async Task What_the_log_cannot_do_the_hub_refuses_in_a_legal_way()
    {
        SrvResult twice = await RunAsync(new UpdateHANDeviceLog(Meter, HanLogChange.Add, Join));
        SrvResult unknown = await RunAsync(new UpdateHANDeviceLog(NewMeter, HanLogChange.Remove));
        SrvResult unsaid = await RunAsync(new UpdateHANDeviceLog(NewMeter, HanLogChange.Add));

        foreach (SrvResult result in (SrvResult[])[twice, unknown, unsaid])
        {
            result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused, result.Outcome.Detail);
            result.Outcome.Body.Should().Be(new UpdateHANDeviceLogRsp { MessageSuccess = false });
        }

        twice.Outcome.DeviceCode.Should().Be(250);
        unsaid.Outcome.DeviceCode.Should().BeNull("the hub was not asked");
        _hub.Devices.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_full_log_takes_no_more()
    {
        for (ulong number = 0; number < HubModel.MaximumDevices - 3; number++)
        {
            await DoAsync(new UpdateHANDeviceLog(new Eui64(NewMeter.Value + number), HanLogChange.Add, Join));
        }

        SrvResult result = await RunAsync(new UpdateHANDeviceLog(new Eui64(0xFF), HanLogChange.Add, Join));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        ReadDeviceLogRsp log = (ReadDeviceLogRsp)(await DoAsync(new ReadDeviceLog())).Outcome.Body!;
        log.Devices.Should().HaveCount(HubModel.MaximumDevices);
    }

    [Fact]
    public async Task Events_are_read_from_the_log_that_is_asked_for()
    {
        await DoAsync(new UpdateHANDeviceLog(NewMeter, HanLogChange.Add, Join));

        ReadEventOrSecurityLogRsp events = await EventsAsync(EventLog.Event);
        ReadEventOrSecurityLogRsp power = await EventsAsync(EventLog.PowerEvent);
        SrvResult none = await RunAsync(new ReadEventOrSecurityLog(Today(), EventLog.GsmeEvent));

        events.Log!.Select(entry => entry.LogCode).Should().Equal("8F12");
        power.Log.Should().BeEmpty();
        none.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
    }

    [Fact]
    public async Task A_wrong_password_opens_nothing_and_shows_in_the_security_log()
    {
        DeviceProfile profile = DeviceProfileLoader.Load(
            (await File.ReadAllTextAsync(PathOf("profiles", "generic-smets1-hub.yaml")))
                .Replace("test:hub45678", "test:hub45679", StringComparison.Ordinal),
            "wrong.yaml");
        await using HubDriver wrong = new(new HubOptions
        {
            Id = new DeviceId("chf-01"),
            Profile = profile with { Association = profile.Association with { AttemptLimit = 3 } },
            Transport = _line.Near,
            TimeProvider = _line.Clock,
        });

        Func<Task> ask = () => wrong.ExecuteAsync(new ReadFirmwareVersion(), CancellationToken.None).DefaultTimeout();
        await ask.Should().ThrowAsync<AuthenticationFailedException>();
        await wrong.DisconnectAsync(CancellationToken.None).DefaultTimeout();
        ReadEventOrSecurityLogRsp security = await EventsAsync(EventLog.Security);

        security.Log!.Select(entry => entry.LogCode).Should().Equal("8F3D");
    }

    [Fact]
    public async Task It_tells_who_it_is_and_how_it_is_on_the_wide_area_network()
    {
        await DoAsync(new ReadFirmwareVersion());

        Eui64 identity = await _driver.Diagnostics.ReadIdentityAsync(CancellationToken.None).AsTask().DefaultTimeout();
        WanStatus? starting = await _driver.Diagnostics.ReadWanStatusAsync(CancellationToken.None).AsTask().DefaultTimeout();
        _line.Clock.Advance(TimeSpan.FromSeconds(60));
        WanStatus? registered = await _driver.Diagnostics.ReadWanStatusAsync(CancellationToken.None).AsTask().DefaultTimeout();

        identity.Should().Be(Hub);
        starting!.IsRegistered.Should().BeFalse();
        registered.Should().BeEquivalentTo(new { IsRegistered = true, Operator = "TESTNET", SignalDecibelMilliwatts = -85 });
        (registered!.Since - starting.Since).Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_hub_without_supply_is_unreachable_and_afterwards_tells_of_the_outage()
    {
        await DoAsync(new ReadFirmwareVersion());
        DateTimeOffset since = _line.Clock.GetUtcNow();
        _supply.Interrupt(since, since.AddSeconds(190));

        SrvResult starved = await RunAsync(new ReadFirmwareVersion());
        _line.Clock.Advance(since.AddSeconds(200) - _line.Clock.GetUtcNow());
        await DoAsync(new ReadFirmwareVersion());
        IReadOnlyList<QueuedAlert> alerts = await _driver.Diagnostics.ReadAlertsAsync(CancellationToken.None).AsTask().DefaultTimeout();
        ReadEventOrSecurityLogRsp power = await EventsAsync(EventLog.PowerEvent);
        await _driver.Diagnostics.ClearAlertsAsync(CancellationToken.None).AsTask().DefaultTimeout();
        IReadOnlyList<QueuedAlert> cleared = await _driver.Diagnostics.ReadAlertsAsync(CancellationToken.None).AsTask().DefaultTimeout();

        starved.Outcome.Kind.Should().Be(DeviceOutcomeKind.Unreachable);
        alerts.Should().Equal(new QueuedAlert(since.AddSeconds(180), "0AD1", Hub));
        power.Log!.Select(entry => entry.LogCode).Should().Equal("8F57", "8F36");
        cleared.Should().BeEmpty();
    }

    [Theory]
    [InlineData("6.13")]
    [InlineData("8.9")]
    [InlineData("8.11")]
    [InlineData("11.2")]
    public async Task A_link_that_is_lost_half_way_is_told_and_the_next_request_goes_on_a_new_one(string srv)
    {
        SrvRequestBody body = srv switch
        {
            "6.13" => new ReadEventOrSecurityLog(Today(), EventLog.Event),
            "8.9" => new ReadDeviceLog(),
            "8.11" => new UpdateHANDeviceLog(NewMeter, HanLogChange.Add, Join),
            _ => new ReadFirmwareVersion(),
        };
        await DoAsync(new ReadFirmwareVersion());
        DateTimeOffset since = _line.Clock.GetUtcNow();
        _supply.Interrupt(since, since.AddSeconds(60));

        SrvResult lost = await RunAsync(body);
        _line.Clock.Advance(since.AddSeconds(90) - _line.Clock.GetUtcNow());
        SrvResult again = await RunAsync(body);
        HubReport report = await _driver.ReportAsync(takesAlerts: false, CancellationToken.None).DefaultTimeout();

        lost.Outcome.Kind.Should().Be(DeviceOutcomeKind.Unreachable);
        lost.Outcome.Body.Should().BeNull();
        again.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, again.Outcome.Detail);
        report.Identity.Should().Be(Hub);
        report.Wan!.IsRegistered.Should().BeTrue();
    }

    [Fact]
    public async Task A_report_is_made_on_a_new_link_when_the_hub_was_without_supply_and_takes_alerts_only_when_asked()
    {
        HubReport first = await _driver.ReportAsync(takesAlerts: true, CancellationToken.None).DefaultTimeout();
        await DoAsync(new UpdateHANDeviceLog(NewMeter, HanLogChange.Add, Join));
        DateTimeOffset since = _line.Clock.GetUtcNow();
        _supply.Interrupt(since, since.AddSeconds(10));
        _line.Clock.Advance(TimeSpan.FromSeconds(20));

        HubReport seen = await _driver.ReportAsync(takesAlerts: true, CancellationToken.None).DefaultTimeout();
        HubReport taken = await _driver.ReportAsync(takesAlerts: false, CancellationToken.None).DefaultTimeout();

        first.Alerts.Should().BeEmpty();
        seen.Alerts.Select(alert => alert.Code).Should().Equal("8F12");
        taken.Alerts.Should().BeEmpty();
    }

    private static string PathOf(string folder, string file) => Path.Combine(RepositoryRoot.Path, "rigs", folder, file);

    private ReadLogPeriod Today() => new(_line.Clock.GetUtcNow().AddHours(-12), _line.Clock.GetUtcNow().AddHours(12));

    private async Task<ReadEventOrSecurityLogRsp> EventsAsync(EventLog log) =>
        (ReadEventOrSecurityLogRsp)(await DoAsync(new ReadEventOrSecurityLog(Today(), log))).Outcome.Body!;

    private Task<SrvResult> RunAsync(SrvRequestBody body) => _driver.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();

    private async Task<SrvResult> DoAsync(SrvRequestBody body)
    {
        SrvResult result = await RunAsync(body);
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        return result;
    }
}
