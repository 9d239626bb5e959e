using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Serial;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class RigBenchTests : IDisposable
{
    private readonly BenchFolder _folder = new();
    private ulong _counter = 1000;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SRV_11_2_answers_the_firmware_version_of_the_virtual_meter()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();

        ServiceExchange exchange = await AskAsync(bench);

        exchange.Response!.Xml.Should().Contain("4.2.0");
        exchange.Latency.Exchanges.Should().BePositive();
    }

    [Fact]
    public async Task A_request_that_waits_for_the_device_has_its_wait_in_the_queue_time()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();
        await AskAsync(bench);

        ServiceExchange[] exchanges = await Task.WhenAll(AskAsync(bench), AskAsync(bench)).DefaultTimeout();

        exchanges.Should().OnlyContain(exchange => exchange.Response!.Xml.Contains("4.2.0", StringComparison.Ordinal));
        exchanges.Max(exchange => exchange.Latency.Queue).Should().BeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_missing_bench_is_told_with_its_path_and_the_next_request_works_once_it_is_up()
    {
        await using RigBench bench = _folder.OpenBench();
        Func<Task> ask = () => AskAsync(bench);

        TransportException fault = (await ask.Should().ThrowAsync<TransportException>()).Which;
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        ServiceExchange exchange = await AskAsync(bench);

        fault.Code.Should().Be("BENCH-002");
        fault.Message.Should().Contain(_folder.Port).And.Contain("harness bench up");
        exchange.Response!.Xml.Should().Contain("4.2.0");
    }

    [Fact]
    public async Task A_bench_that_was_restarted_costs_one_request_at_most()
    {
        await using RigBench bench = _folder.OpenBench();
        await using (BenchFolder.ServedBench first = await _folder.ServeAsync())
        {
            await AskAsync(bench);
        }

        await using BenchFolder.ServedBench second = await _folder.ServeAsync();
        int failures = 0;
        try
        {
            await AskAsync(bench);
        }
        catch (TransportException)
        {
            failures++;
        }

        ServiceExchange exchange = await AskAsync(bench);
        exchange.Response!.Xml.Should().Contain("4.2.0", $"{failures} requests failed before");
    }

    [Fact]
    public async Task A_health_check_tells_why_a_port_is_missing_and_opens_it_once_it_is_there()
    {
        await using RigBench bench = _folder.OpenBench();

        HealthReport missing = await bench.CheckHealthAsync("1");
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        HealthReport found = await bench.CheckHealthAsync("2");
        ServiceExchange exchange = await AskAsync(bench);

        missing.CheckId.Should().Be("1");
        DeviceHealth sick = missing.Devices.Should().ContainSingle().Subject;
        sick.Device.Should().Be("esme-01");
        sick.PortOpen.Should().BeFalse();
        sick.Detail.Should().Contain(_folder.Port).And.Contain("harness bench up");
        found.CheckId.Should().Be("2");
        found.Devices.Should().ContainSingle().Which.Should().Be(new DeviceHealth
        {
            Device = "esme-01",
            PortOpen = true,
            Adapter = new AdapterSetting { Text = "no USB timer (pty)" },
        });
        exchange.Response!.Xml.Should().Contain("4.2.0", "the request uses the port that the check opened");
    }

    [Fact]
    public async Task A_hello_tells_how_the_adapter_of_each_open_port_is_set()
    {
        await using RigBench bench = _folder.OpenBench();
        string? fault = await bench.FindPortFaultAsync();
        Hello closed = bench.MakeHello("boot");

        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        string? none = await bench.FindPortFaultAsync();
        Hello open = bench.MakeHello("boot");

        fault.Should().StartWith("esme-01: ").And.Contain("harness bench up");
        none.Should().BeNull();
        closed.Devices.Should().ContainSingle().Which.Adapter.Should().BeNull("its port is not open");
        open.Devices.Should().ContainSingle().Which.Adapter.Should().Be(new AdapterSetting { Text = "no USB timer (pty)" });
        bench.Wire.Position.Should().Be(0, "no octet is sent for it");
    }

    [Fact]
    public async Task A_health_check_sends_no_octet()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();
        await bench.CheckHealthAsync("1");
        long afterOpening = bench.Wire.Position;
        await AskAsync(bench);
        long afterRequest = bench.Wire.Position;

        await bench.CheckHealthAsync("2");

        afterOpening.Should().Be(0);
        afterRequest.Should().BePositive();
        bench.Wire.Position.Should().Be(afterRequest);
    }

    [Fact]
    public async Task A_device_in_a_dialogue_is_left_alone_and_healthy()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();
        await AskAsync(bench);
        Task<ServiceExchange> dialogue = AskAsync(bench);

        HealthReport report = await bench.CheckHealthAsync("1");

        report.Devices.Should().ContainSingle().Which.PortOpen.Should().BeTrue();
        (await dialogue).Response!.Xml.Should().Contain("4.2.0", "the check did not take the port away");
    }

    [Fact]
    public async Task A_port_that_went_while_it_was_open_is_sick_and_opened_anew_when_it_is_back()
    {
        await using RigBench bench = _folder.OpenBench();
        await using (BenchFolder.ServedBench first = await _folder.ServeAsync())
        {
            await AskAsync(bench);
        }

        await Eventually.HoldsAsync(() => !bench.CheckHealthAsync("gone").GetAwaiter().GetResult().Devices[0].PortOpen);
        await using BenchFolder.ServedBench second = await _folder.ServeAsync();
        HealthReport back = await bench.CheckHealthAsync("back");
        ServiceExchange exchange = await AskAsync(bench);

        back.Devices[0].PortOpen.Should().BeTrue();
        exchange.Response!.Xml.Should().Contain("4.2.0", "no request is lost to the dead port");
    }

    [Fact]
    public async Task The_port_is_held_alone_and_free_after_the_bench_was_disposed_of()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        RigBench bench = _folder.OpenBench();
        await AskAsync(bench);
        Func<SerialPortTransport> open = () => SerialPortTransport.Open(new SerialPortSettings { Path = _folder.Port, Baud = 9600 });

        open.Should().Throw<TransportException>().Which.Code.Should().Be("TRAN-002");
        await bench.DisposeAsync();

        await using SerialPortTransport port = open();
        port.Baud.Should().Be(9600);
    }

    [Fact]
    public async Task A_disposed_bench_has_disconnected_its_device()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        RigBench bench = _folder.OpenBench();
        await AskAsync(bench);
        long position = bench.Wire.Position;

        await bench.DisposeAsync();

        // The last octets to the device are one DISC frame: control octet 53 behind format, length and two address octets.
        Abstractions.Wire.WireRecord sent = bench.Wire.Since(position, out _)
            .Last(record => record.Direction == Abstractions.Wire.WireDirection.ToDevice);
        sent.Octets.ToArray()[5].Should().Be(0x53);
    }

    [Fact]
    public async Task A_device_that_no_driver_drives_is_told_each_time_and_keeps_no_port()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        Agent.Rig.RigConfiguration rig = _folder.Rig with { Devices = [_folder.Rig.Devices[0] with { DeviceType = "GSME" }] };
        string profiles = Path.Combine(RepositoryRoot.Path, "rigs", "profiles");
        Drivers.Profiles.DeviceProfile profile = DriverCatalog.ProfileOf(rig.Devices[0], profiles);
        await using DeviceStation station = new(
            rig.Devices[0], profile, _folder.Port, new Transports.Recording.WireLog(),
            new ProgressFeed().Of(rig.Devices[0].Id), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, new MemorySecurityStore());
        Func<Task> execute = () => station.ExecuteAsync(new ReadFirmwareVersion(), CancellationToken.None).DefaultTimeout();

        ConfigurationException fault = (await execute.Should().ThrowAsync<ConfigurationException>()).Which;
        (fault.Code, fault.File, fault.Line).Should().Be(("RIG-007", rig.File, rig.Devices[0].Line));
        fault.Line.Should().BePositive();
        (await execute.Should().ThrowAsync<ConfigurationException>()).Which.Code.Should().Be("RIG-007", "the port is not left open");
    }

    [Fact]
    public async Task A_role_without_a_user_is_told_with_the_key_to_add()
    {
        await using RigBench bench = _folder.OpenBench();
        Action user = () => bench.UserOf("ED");

        user.Should().Throw<ConfigurationException>().Which.Allowed.Should().Contain("users.ED");
        bench.UserOf("IS").ToString().Should().Be("90-B3-D5-1F-30-01-00-01");
    }

    [Theory]
    [InlineData("90-B3-D5-1F-30-00-00", "Commissioned")]
    [InlineData("", "Commissioned")]
    [InlineData("90-B3-D5-1F-30-00-00-A0", "commissioned")]
    [InlineData("90-B3-D5-1F-30-00-00-A0", "3")]
    [InlineData("90-B3-D5-1F-30-00-00-A0", "")]
    [InlineData("90-B3-D5-1F-30-00-00-A0", "Commissioned, Pending")]
    public async Task A_bad_inventory_row_is_refused_and_no_row_beside_it_is_taken(string eui64, string status)
    {
        await using RigBench bench = _folder.OpenBench();
        Device good = RunningAgent.Row();
        good.Status = "Suspended";
        Device bad = RunningAgent.Row();
        bad.Eui64 = eui64;
        bad.Status = status;
        Action take = () => bench.TakeInventory([good, bad], areFresh: true);

        ConfigurationException fault = take.Should().Throw<ConfigurationException>().Which;

        fault.Code.Should().Be("RIG-003");
        fault.Key.Should().Be("devices.esme-01");
        fault.Found.Should().Contain($"'{eui64}'").And.Contain($"'{status}'");
        bench.Inventory.Find(bench.Devices[0].Eui64)!.Status.Should().Be(DeviceStatus.Commissioned);
    }

    [Fact]
    public async Task A_good_inventory_row_replaces_what_the_rig_file_said_and_not_the_hello()
    {
        await using RigBench bench = _folder.OpenBench();
        Device row = RunningAgent.Row();
        row.Status = "Suspended";
        row.FirmwareVersion = "4.3.0";

        bench.TakeInventory([row], areFresh: true);

        InventoryDevice taken = bench.Inventory.Find(bench.Devices[0].Eui64)!;
        taken.Status.Should().Be(DeviceStatus.Suspended);
        taken.FirmwareVersion.Should().Be("4.3.0");
        bench.MakeHello("boot").Devices[0].FirmwareVersion.Should().Be("4.2.0", "a hello says what the rig file states");
    }

    [Fact]
    public async Task A_stale_row_is_taken_for_a_device_that_came_with_no_lease_before_and_for_no_other()
    {
        await using RigBench bench = _folder.OpenBench();
        Device row = RunningAgent.Row();
        row.Status = "Suspended";
        bench.TakeInventory([row], areFresh: false);
        DeviceStatus first = bench.Inventory.Find(bench.Devices[0].Eui64)!.Status;

        row.Status = "Pending";
        bench.TakeInventory([row], areFresh: false);
        DeviceStatus stale = bench.Inventory.Find(bench.Devices[0].Eui64)!.Status;
        bench.TakeInventory([row], areFresh: true);
        DeviceStatus fresh = bench.Inventory.Find(bench.Devices[0].Eui64)!.Status;

        first.Should().Be(DeviceStatus.Suspended);
        stale.Should().Be(DeviceStatus.Suspended, "an earlier case of this rig may have changed it since the lease was given");
        fresh.Should().Be(DeviceStatus.Pending);
    }

    private Task<ServiceExchange> AskAsync(RigBench bench)
    {
        RequestId id = new(bench.UserOf("IS"), bench.Devices[0].Eui64, Interlocked.Increment(ref _counter));
        string xml = DuisRequestWriter.Write(new DuisRequest(id, 1, new ReadFirmwareVersion()));
        return bench.Service.SendAsync(xml, CancellationToken.None).DefaultTimeout();
    }
}
