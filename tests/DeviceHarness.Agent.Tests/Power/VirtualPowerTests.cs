using System.Net;
using System.Net.Sockets;
using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

/// <summary>The feeds and inputs of a virtual bench, over the address at which it is told what to do.</summary>
public sealed class VirtualPowerTests : IDisposable
{
    public const string Power = """

        power:
          feeds:
            mains-01: { via: virtual, devices: [ esme-01 ] }
          sense:
            - { via: virtual, device: esme-01, terminal: mains }
            - { via: virtual, device: esme-01, terminal: hub }
        """;

    private const string Stop = """

          isolation: { via: virtual }
          acknowledge: { via: virtual }
        """;

    private static readonly DeviceId Device = new("esme-01");
    private static readonly SupplyPoint Mains = new(Device, SupplyTerminal.Mains);

    private readonly BenchFolder _folder = new() { Rig = BenchFolder.Parse(BenchFolder.RigText + Power) };

    private string Address => Path.Combine(_folder.Path, "bench", "test-rig", "control.address");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_port_switches_the_inputs_see()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench();
        SupplyReading before = await bench.Supply!.ReadAsync(Mains, CancellationToken.None).DefaultTimeout();

        await bench.Power!.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();
        SupplyReading off = await bench.Supply.ReadAsync(Mains, CancellationToken.None).DefaultTimeout();
        SupplyReading hub = await bench.Supply.ReadAsync(Mains with { Terminal = SupplyTerminal.Hub }, CancellationToken.None)
            .DefaultTimeout();
        await bench.Power.SwitchAsync(Device, isOn: true, CancellationToken.None).DefaultTimeout();
        SupplyReading on = await bench.Supply.ReadAsync(Mains, CancellationToken.None).DefaultTimeout();

        (before.IsPresent, off.IsPresent, hub.IsPresent, on.IsPresent).Should().Be((true, false, false, true));
        on.Edges.Select(edge => edge.IsPresent).Should().Equal(false, true);
        on.Edges[1].At.Should().BeGreaterThan(on.Edges[0].At);
        on.Source.Should().Be(before.Source);
    }

    [Fact]
    public async Task When_the_connection_that_drives_a_coil_ends_the_meter_has_its_supply_again()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        using TcpClient agent = new();
        await agent.ConnectAsync(IPEndPoint.Parse(await File.ReadAllTextAsync(Address))).DefaultTimeout();
        await agent.GetStream().WriteAsync("power esme-01 off\n"u8.ToArray()).AsTask().DefaultTimeout();
        await agent.GetStream().ReadExactlyAsync(new byte[3]).AsTask().DefaultTimeout();
        await using RigBench looking = _folder.OpenBench();
        SupplyReading off = await looking.Supply!.ReadAsync(Mains, CancellationToken.None).DefaultTimeout();

        // As the kernel does it for a process that was killed.
        agent.Client.Close();
        SupplyReading after = off;
        using CancellationTokenSource bound = new(TimeSpan.FromMinutes(1));
        while (!after.IsPresent && !bound.IsCancellationRequested)
        {
            after = await looking.Supply.ReadAsync(Mains, CancellationToken.None).DefaultTimeout();
        }

        off.IsPresent.Should().BeFalse();
        after.Edges.Select(edge => edge.IsPresent).Should().Equal(false, true);
    }

    [Fact]
    public async Task A_bench_that_is_left_with_a_supply_off_gives_it_back()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench looking = _folder.OpenBench();
        await using (RigBench bench = _folder.OpenBench())
        {
            await bench.Power!.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();
        }

        SupplyReading after = await looking.Supply!.ReadAsync(Mains, CancellationToken.None).DefaultTimeout();

        after.Edges.Select(edge => edge.IsPresent).Should().Equal(false, true);
    }

    [Fact]
    public async Task An_emergency_stop_makes_the_rig_unfit_until_a_person_acknowledges_it()
    {
        using BenchFolder folder = new() { Rig = BenchFolder.Parse(BenchFolder.RigText + Power + Stop) };
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench();
        string? before = await bench.FindDisturbanceAsync(CancellationToken.None).DefaultTimeout();
        string pulled = await BenchHands.StopAsync(folder.Rig, folder.Path, isPulled: true, CancellationToken.None).DefaultTimeout();
        string released = await BenchHands.StopAsync(folder.Rig, folder.Path, isPulled: false, CancellationToken.None).DefaultTimeout();
        string report = (await bench.CheckHealthAsync("1").DefaultTimeout()).Fault;
        string? held = await bench.FindDisturbanceAsync(CancellationToken.None).DefaultTimeout();
        string pressed = await BenchHands.PressAsync(folder.Rig, folder.Path, CancellationToken.None).DefaultTimeout();
        int noticed = await bench.CountDisturbancesAsync(CancellationToken.None).DefaultTimeout();
        await using RigBench next = folder.OpenBench();

        (noticed, await next.CountDisturbancesAsync(CancellationToken.None).DefaultTimeout()).Should().Be(
            (1, 0), "an agent that starts after it was acknowledged has noticed none");
        pulled.Should().StartWith("test-rig: the emergency stop is pulled");
        released.Should().Be("test-rig: the emergency stop is let go; button pressed 0 times since it was last moved");
        pressed.Should().Contain("button pressed 1 times");
        before.Should().BeNull();
        report.Should().Contain("emergency stop").And.Contain("harness power acknowledge");
        held.Should().Be(report);
        (await bench.FindDisturbanceAsync(CancellationToken.None).DefaultTimeout()).Should().BeNull();
    }

    [Fact]
    public async Task A_stop_that_is_let_go_brings_no_supply_back_until_a_person_acknowledges_it()
    {
        using BenchFolder folder = new() { Rig = BenchFolder.Parse(BenchFolder.RigText + Power + Stop) };
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench();
        async Task<bool> IsPresentAsync() =>
            (await bench.Supply!.ReadAsync(Mains, CancellationToken.None).DefaultTimeout()).IsPresent;
        await bench.SupplyAsync().DefaultTimeout();
        await bench.FindDisturbanceAsync(CancellationToken.None).DefaultTimeout();
        await BenchHands.StopAsync(folder.Rig, folder.Path, isPulled: true, CancellationToken.None).DefaultTimeout();

        // Nobody asks for a case: the bench notices by itself.
        await Eventually.HoldsAsync(() => PowerListing.Of(folder.Rig, folder.Path, TimeProvider.System).IsIsolated);
        await bench.FindDisturbanceAsync(CancellationToken.None).DefaultTimeout();
        await BenchHands.StopAsync(folder.Rig, folder.Path, isPulled: false, CancellationToken.None).DefaultTimeout();
        bool afterRelease = await IsPresentAsync();
        await BenchHands.PressAsync(folder.Rig, folder.Path, CancellationToken.None).DefaultTimeout();
        await Eventually.HoldsAsync(() => !PowerListing.Of(folder.Rig, folder.Path, TimeProvider.System).IsIsolated);
        string? held = await bench.FindDisturbanceAsync(CancellationToken.None).DefaultTimeout();

        afterRelease.Should().BeFalse();
        held.Should().BeNull();
        (await IsPresentAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task A_bench_that_came_back_is_another_run_of_its_inputs()
    {
        await using RigBench bench = _folder.OpenBench();
        SupplyReading[] readings = new SupplyReading[2];
        for (int run = 0; run < readings.Length; run++)
        {
            await using BenchFolder.ServedBench served = await _folder.ServeAsync();
            readings[run] = await bench.Supply!.ReadAsync(Mains, CancellationToken.None).DefaultTimeout();
        }

        readings[1].Source.Should().NotBe(readings[0].Source);
    }

    [Fact]
    public async Task Without_a_bench_both_fail_as_a_broken_bench_does_and_the_address_is_gone()
    {
        await using (await _folder.ServeAsync())
        {
            File.Exists(Address).Should().BeTrue();
        }

        await using RigBench bench = _folder.OpenBench();
        Func<Task> look = () => bench.Supply!.ReadAsync(Mains, CancellationToken.None).DefaultTimeout();
        Func<Task> switches = () => bench.Power!.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();

        (await look.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("BENCH-003");
        (await switches.Should().ThrowAsync<TransportException>()).Which.Message.Should().Contain("power esme-01 off");
        File.Exists(Address).Should().BeFalse();
    }

    [Fact]
    public async Task A_line_that_is_too_long_or_not_understood_is_refused_and_the_next_is_answered()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();

        string tooLong = await TellAsync(new string('x', 10_000));
        string unknown = await TellAsync("open sesame\n");
        string known = await TellAsync("supply esme-01 mains\n");

        tooLong.Should().BeOneOf("error", "reset");
        unknown.Should().StartWith("error");
        known.Should().StartWith("ok {");
    }

    [Fact]
    public async Task A_rig_without_power_has_neither()
    {
        using BenchFolder folder = new();
        await using RigBench bench = folder.OpenBench();

        bench.Power.Should().BeNull();
        bench.Supply.Should().BeNull();
    }

    [Theory]
    [InlineData("devices: [ esme-01 ]", "devices: [ esme-09 ]", "power.feeds.mains-01.devices[0]")]
    [InlineData("devices: [ esme-01 ]", "devices: [ esme-01, esme-01 ]", "power.feeds.mains-01.devices[1]")]
    [InlineData("devices: [ esme-01 ]", "devices: []", "power.feeds.mains-01.devices")]
    [InlineData("terminal: hub", "terminal: mains", "power.sense[1].terminal")]
    [InlineData("terminal: hub", "terminal: roof", "power.sense[1].terminal")]
    [InlineData("via: virtual, device:", "via: gpio, device:", "power.sense[0].chip")]
    [InlineData("via: virtual, device:", "via: radio, device:", "power.sense[0].via")]
    [InlineData("  sense:", "  senses:", "power.senses")]
    public void A_rig_file_that_is_wrong_is_told_with_its_place(string from, string to, string key)
    {
        int place = Power.IndexOf(from, StringComparison.Ordinal);
        string power = string.Concat(Power.AsSpan(0, place), to, Power.AsSpan(place + from.Length));
        Action parse = () => BenchFolder.Parse(BenchFolder.RigText + power);

        parse.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    /// <summary>Says something and reads how the answer begins. The other side may hang up on what it does not read to the end.</summary>
    private async Task<string> TellAsync(string text)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPEndPoint.Parse(await File.ReadAllTextAsync(Address))).DefaultTimeout();
        try
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask().DefaultTimeout();
            byte[] answer = new byte[5];
            await client.GetStream().ReadExactlyAsync(answer).AsTask().DefaultTimeout();
            return Encoding.UTF8.GetString(answer);
        }
        catch (IOException)
        {
            return "reset";
        }
    }
}
