using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Agent.Tests.Firmware;

/// <summary>FW-01, FW-02, FW-03 and FW-06 and the logs, from DUIS request to virtual meter over a pseudo-terminal.</summary>
public sealed class FirmwareServiceTests : IDisposable
{
    private static readonly FirmwareImage Image = TestImage.Of(5000);

    private readonly BenchFolder _folder = new()
    {
        Rig = BenchFolder.Parse(BenchFolder.RigText.Replace("response-timeout: 60s", "response-timeout: 2s", StringComparison.Ordinal)),
    };

    private ulong _counter = 1000;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FW_01_delivers_activates_and_reads_the_new_version()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange baseline = await SendAsync(bench, new ReadFirmwareVersion());
        ServiceExchange delivery = await DeliverAsync(bench);
        ServiceExchange between = await SendAsync(bench, new ReadFirmwareVersion());
        ServiceExchange activation = await SendAsync(bench, new ActivateFirmware(Image.Hash), variant: 5);
        ServiceExchange after = await SendAsync(bench, new ReadFirmwareVersion());
        ServiceExchange events = await SendAsync(bench, new ReadEventOrSecurityLog(Today(), EventLog.Event));

        using AssertionScope scope = new();
        Value(baseline, "FirmwareVersion").Should().Be("4.2.0");
        delivery.Acknowledgement.ResponseCode.Should().Be("I0");
        Value(delivery, "GBCSHexAlertCode").Should().Be("8F72", delivery.Outcome!.Detail);
        Value(between, "FirmwareVersion").Should().Be("4.2.0", "a delivery changes nothing that runs");
        Value(activation, "ActivateImageResponseCode").Should().Be("success", activation.Outcome!.Detail);
        Value(after, "FirmwareVersion").Should().Be(TestImage.Version);
        bench.Inventory.Find(bench.Devices[0].Eui64)!.FirmwareVersion.Should().Be(TestImage.Version);
        Value(events, "LogCodes").Should().Contain("8F8A").And.Contain("8F72").And.Contain("8F43");
    }

    [Fact]
    public async Task FW_02_without_an_image_is_code_1_and_the_version_stays()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange activation = await SendAsync(bench, new ActivateFirmware(Image.Hash), variant: 5);

        using AssertionScope scope = new();
        activation.Response!.ResponseCode.Should().Be("I0");
        Value(activation, "MessageSuccess").Should().Be("false");
        Value(activation, "ActivateImageResponseCode.ResponseCode").Should().Be("1");
        Value(activation, "ActivateImageResponseCode").Should().Be("noImageHeld");
        Value(activation, "FirmwareVersion").Should().Be("4.2.0");
    }

    [Fact]
    public async Task FW_03_with_a_wrong_hash_is_code_2_and_the_version_stays()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();
        _ = await DeliverAsync(bench);

        ServiceExchange activation = await SendAsync(bench, new ActivateFirmware(new byte[32]), variant: 5);
        ServiceExchange after = await SendAsync(bench, new ReadFirmwareVersion());

        Value(activation, "ActivateImageResponseCode.ResponseCode").Should().Be("2");
        Value(after, "FirmwareVersion").Should().Be("4.2.0");
    }

    [Fact]
    public async Task FW_06_a_power_cut_half_way_is_resumed()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync("power-cut");
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange delivery = await DeliverAsync(bench);

        Value(delivery, "GBCSHexAlertCode").Should().Be("8F72", delivery.Outcome!.Detail);
        delivery.Outcome.Detail.Should().Contain("begun 1 times");
    }

    [Fact]
    public async Task Over_a_network_a_lost_connection_is_made_anew_after_a_power_cut_and_after_the_restart()
    {
        using BenchFolder folder = new()
        {
            Rig = BenchFolder.Parse(BenchFolder.RigText.Replace(
                "model: rigs/virtual/esme.yaml", "model: rigs/virtual/esme-tcp.yaml, framing: wrapper", StringComparison.Ordinal)),
        };
        await using BenchFolder.ServedBench served = await folder.ServeAsync("power-cut");
        await using RigBench bench = folder.OpenBench();

        ServiceExchange delivery = await DeliverAsync(bench);
        ServiceExchange activation = await SendAsync(bench, new ActivateFirmware(Image.Hash), variant: 5);
        ServiceExchange after = await SendAsync(bench, new ReadFirmwareVersion());

        Value(delivery, "GBCSHexAlertCode").Should().Be("8F72", delivery.Outcome!.Detail);
        delivery.Outcome.Detail.Should().Contain("begun 1 times").And.NotContain("resumed 0 times");
        Value(activation, "ActivateImageResponseCode").Should().Be("success", activation.Outcome!.Detail);
        Value(after, "FirmwareVersion").Should().Be(TestImage.Version);
    }

    [Theory]
    [InlineData("verify-fails", "8F1C", "noImageHeld")]
    [InlineData("block-lost", "8F1C", "noImageHeld")]
    [InlineData("activation-fails", "8F72", "activationFailure")]
    public async Task A_defect_of_the_meter_shows_at_its_own_step(string defect, string alert, string response)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync(defect);
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange delivery = await DeliverAsync(bench);
        ServiceExchange activation = await SendAsync(bench, new ActivateFirmware(Image.Hash), variant: 5);

        Value(delivery, "GBCSHexAlertCode").Should().Be(alert, delivery.Outcome!.Detail);
        Value(activation, "ActivateImageResponseCode").Should().Be(response, activation.Outcome!.Detail);
    }

    [Theory]
    [InlineData("corrupt", null, "8F1C")]
    [InlineData("model", null, "8F1C")]
    [InlineData("hardware", null, "8F1C")]
    [InlineData("corrupt", "verify-lies", "8F72")]
    [InlineData("corrupt", "wrong-image-accepted", "8F1C")]
    [InlineData("model", "wrong-image-accepted", "8F72")]
    [InlineData("hardware", "wrong-image-accepted", "8F72")]
    public async Task FW_05_an_image_that_was_not_checked_is_judged_by_the_meter(string fault, string? defect, string alert)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync(defect is null ? [] : [defect]);
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange delivery = await DeliverAsync(bench, TestImage.Wrong(fault), ImageDelivery.Unchecked);

        Value(delivery, "GBCSHexAlertCode").Should().Be(alert, delivery.Outcome!.Detail);
    }

    [Theory]
    [InlineData("power-cut", DeviceOutcomeKind.Done)]
    [InlineData("wrong-scaler", DeviceOutcomeKind.Done)]
    [InlineData("resume-forgets", DeviceOutcomeKind.Refused)]
    public async Task FW_06_an_interrupted_transfer_goes_on_unless_the_meter_forgets_its_blocks(string defect, DeviceOutcomeKind outcome)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync(defect);
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange delivery = await DeliverAsync(bench, Image, ImageDelivery.Interrupted);

        delivery.Outcome!.Kind.Should().Be(outcome, delivery.Outcome.Detail);
    }

    [Fact]
    public async Task A_meter_that_claims_an_image_it_never_held_is_found_by_the_code()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync("phantom-image");
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange activation = await SendAsync(bench, new ActivateFirmware(Image.Hash), variant: 5);

        Value(activation, "ActivateImageResponseCode").Should().Be("hashMismatch", activation.Outcome!.Detail);
    }

    [Fact]
    public async Task A_meter_that_tells_another_hash_is_not_activated()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync("image-hash-wrong");
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange delivery = await DeliverAsync(bench);
        ServiceExchange activation = await SendAsync(bench, new ActivateFirmware(Image.Hash), variant: 5);

        delivery.Outcome!.Kind.Should().Be(DeviceOutcomeKind.Refused, "the device does not confirm this image");
        delivery.Response!.Body!.ElementName.Should().Be("FirmwareDistributionFailure");
        Value(activation, "ActivateImageResponseCode").Should().Be("hashMismatch");
    }

    [Fact]
    public async Task A_meter_that_lies_about_its_activation_is_found_by_its_version()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync("activation-lies");
        await using RigBench bench = _folder.OpenBench();
        _ = await DeliverAsync(bench);

        ServiceExchange activation = await SendAsync(bench, new ActivateFirmware(Image.Hash), variant: 5);
        ServiceExchange after = await SendAsync(bench, new ReadFirmwareVersion());

        Value(activation, "FirmwareVersion").Should().Be("4.2.0");
        Value(after, "FirmwareVersion").Should().Be("4.2.0");
    }

    [Fact]
    public async Task SRV_4_6_1_reads_the_days_of_a_period_and_an_empty_period_is_empty()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();
        DateTimeOffset today = new(DateOnly.FromDateTime(Now().UtcDateTime), TimeOnly.MinValue, TimeSpan.Zero);

        ServiceExchange days = await SendAsync(
            bench, new RetrieveImportDailyReadLog(new ReadLogPeriod(today.AddDays(-5), today.AddDays(-3).AddHours(1))));
        ServiceExchange none = await SendAsync(
            bench, new RetrieveImportDailyReadLog(new ReadLogPeriod(today.AddDays(10), today.AddDays(20))));

        RetrieveImportDailyReadLogRsp log = (RetrieveImportDailyReadLogRsp)days.Response!.Body!;
        using AssertionScope scope = new();
        log.Entries.Select(entry => entry.Timestamp).Should().Equal(today.AddDays(-5), today.AddDays(-4), today.AddDays(-3));
        log.Entries.Select(entry => entry.Consumption).Should().BeInAscendingOrder().And.OnlyContain(reading => reading > 0);
        none.Response!.Body.Should().Be(new RetrieveImportDailyReadLogRsp { MessageSuccess = true });
    }

    [Theory]
    [InlineData(EventLog.Event)]
    [InlineData(EventLog.Security)]
    [InlineData(EventLog.PowerEvent)]
    public async Task SRV_6_13_reads_a_log_and_an_empty_period_is_empty(EventLog log)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange events = await SendAsync(bench, new ReadEventOrSecurityLog(Today(), log));
        ServiceExchange none = await SendAsync(
            bench, new ReadEventOrSecurityLog(new ReadLogPeriod(Now().AddDays(10), Now().AddDays(20)), log));

        events.Response!.Body!.MessageSuccess.Should().BeTrue(events.Outcome!.Detail);
        none.Response!.Body.Should().Be(new ReadEventOrSecurityLogRsp { MessageSuccess = true, Log = [] });
    }

    [Fact]
    public async Task A_log_that_the_model_does_not_have_is_refused_by_the_device_driver()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange events = await SendAsync(bench, new ReadEventOrSecurityLog(Today(), EventLog.AlcsEvent));

        events.Response!.Body!.MessageSuccess.Should().BeFalse();
        events.Outcome!.Detail.Should().Contain("AlcsEvent");
    }

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    private static ReadLogPeriod Today() => new(Now().AddHours(-1), Now().AddHours(1));

    private static string? Value(ServiceExchange exchange, string path) => exchange.Response?.Body?.Values.GetValueOrDefault(path);

    private Task<ServiceExchange> DeliverAsync(RigBench bench) => DeliverAsync(bench, Image, ImageDelivery.Checked);

    private Task<ServiceExchange> DeliverAsync(RigBench bench, FirmwareImage image, ImageDelivery delivery)
    {
        Eui64 broker = Eui64.Parse("90-B3-D5-1F-30-00-00-02");
        UpdateFirmware update = new(image, TestImage.Version, [bench.Devices[0].Eui64]);
        DuisRequest request = new(new RequestId(bench.UserOf("IS"), broker, ++_counter), 8, update);
        return bench.Service.SendAsync(DuisRequestWriter.Write(request), path: null, delivery, CancellationToken.None).DefaultTimeout();
    }

    private Task<ServiceExchange> SendAsync(RigBench bench, SrvRequestBody body, int variant = 1) =>
        SendAsync(bench, new DuisRequest(new RequestId(bench.UserOf("IS"), bench.Devices[0].Eui64, ++_counter), variant, body));

    private static Task<ServiceExchange> SendAsync(RigBench bench, DuisRequest request) =>
        bench.Service.SendAsync(DuisRequestWriter.Write(request), CancellationToken.None).DefaultTimeout();
}
