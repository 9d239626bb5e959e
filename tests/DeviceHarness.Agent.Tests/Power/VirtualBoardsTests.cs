using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Serial;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

/// <summary>A virtual relay board before a virtual meter, over a real pseudo-terminal, seen by the bench's own input.</summary>
public sealed class VirtualBoardsTests : IDisposable
{
    private const string Power = """

        power:
          boards:
            relays: { kind: modbus, via: virtual, address: 7 }
          feeds:
            mains-01: { via: relay-board, board: relays, channel: 2, contact: normally-closed, devices: [ esme-01 ] }
          sense:
            - { via: virtual, device: esme-01, terminal: mains }
        """;

    private static readonly DeviceId Device = new("esme-01");
    private static readonly SupplyPoint Mains = new(Device, SupplyTerminal.Mains);

    private readonly BenchFolder _folder = new() { Rig = BenchFolder.Parse(BenchFolder.RigText + Power) };

    private string Link => BenchPaths.Board(_folder.Path, "test-rig", "relays");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("channel: 2, contact: normally-closed", true)]
    [InlineData("channel: 9, contact: normally-open", false)]
    public async Task What_the_port_switches_through_the_board_the_input_sees(string wiring, bool atRest)
    {
        using BenchFolder folder = With("channel: 2, contact: normally-closed", wiring);
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench();
        bool before = await IsPresentAsync(bench);
        await bench.Power!.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();
        bool whenOff = await IsPresentAsync(bench);
        await bench.Power.SwitchAsync(Device, isOn: true, CancellationToken.None).DefaultTimeout();
        bool whenOn = await IsPresentAsync(bench);

        (before, whenOff, whenOn).Should().Be((atRest, false, true));
    }

    [Fact]
    public async Task A_board_that_answers_nothing_by_its_making_switches_too()
    {
        using BenchFolder folder = With("kind: modbus", "kind: lcus");
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench();

        await bench.Power!.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();
        await UntilAsync(bench, isPresent: false).DefaultTimeout();
        await bench.Power.SwitchAsync(Device, isOn: true, CancellationToken.None).DefaultTimeout();
        await UntilAsync(bench, isPresent: true).DefaultTimeout();
    }

    [Fact]
    public async Task The_board_is_told_among_the_ports_and_goes_with_the_bench()
    {
        await using (BenchFolder.ServedBench served = await _folder.ServeAsync())
        {
            IReadOnlyList<VirtualPort> ports = await served.Ready;

            ports.Select(port => (port.Device.Value, port.Path)).Should().Equal(("esme-01", _folder.Port), ("relays", Link));
            new FileInfo(Link).LinkTarget.Should().Be(ports[1].Target);
        }

        new FileInfo(Link).LinkTarget.Should().BeNull();
    }

    [Fact]
    public async Task A_coil_stays_as_it_was_told_when_whoever_told_it_is_gone()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench looking = _folder.OpenBench();
        SerialPortSettings settings = new() { Path = Link, Baud = 9600, Name = "relays" };
        await using (SerialPortTransport line = SerialPortTransport.Open(settings))
        {
            byte[] secondOn = "07 05 0001 FF00 DD9C".Octets();
            await line.WriteAsync(secondOn, CancellationToken.None).AsTask().DefaultTimeout();
            byte[] answer = new byte[secondOn.Length];
            for (int count = 0; count < answer.Length;)
            {
                count += (await line.ReadAsync(answer.AsMemory(count), Timeout.InfiniteTimeSpan, CancellationToken.None)
                    .AsTask().DefaultTimeout()).Count;
            }

            answer.Should().Equal(secondOn);
        }

        (await IsPresentAsync(looking)).Should().BeFalse("no connection holds it, as one holds the bench's own contacts");
    }

    [Fact]
    public async Task What_an_agent_that_died_left_off_the_next_gives_back()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        RigSupply dying = new(
            _folder.Rig, _folder.Path, new BenchControlClient(BenchPaths.Folder(_folder.Path, "test-rig")), static _ => { },
            TimeProvider.System, NullLogger.Instance, new SwitchTrouble(TimeProvider.System));
        await dying.Port!.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();
        await dying.AbandonAsync();
        await using RigBench next = _folder.OpenBench();
        bool before = await IsPresentAsync(next);
        await next.SupplyAsync().DefaultTimeout();

        before.Should().BeFalse("a board holds its coils");
        (await IsPresentAsync(next)).Should().BeTrue();
    }

    [Fact]
    public async Task A_stuck_contact_is_told_by_the_input_alone()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync("relays:stuck");
        await using RigBench bench = _folder.OpenBench();

        await bench.Power!.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();

        (await IsPresentAsync(bench)).Should().BeTrue("the board says that it switched, and nothing moved");
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("bad-crc")]
    public async Task A_board_that_cannot_be_understood_is_told_and_the_supply_is_given_back(string defect)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync($"relays:{defect}");
        await using RigBench looking = _folder.OpenBench();
        await using (RigBench bench = _folder.OpenBench())
        {
            Func<Task> off = () => bench.Power!.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();

            TransportException fault = (await off.Should().ThrowAsync<TransportException>()).Which;

            fault.Code.Should().Be("POWER-001");
            fault.Message.Should().Contain("relays");
            (await IsPresentAsync(looking)).Should().BeFalse("it did what it was told");
        }

        (await IsPresentAsync(looking)).Should().BeTrue("a bench that does not know takes nothing with it");
    }

    [Theory]
    [InlineData("relays:wrong-scaler", "'wrong-scaler'", "stuck")]
    [InlineData("relais:stuck", "'relais:stuck'", "esme-01")]
    [InlineData("stuck", "'stuck'", "wrong-scaler")]
    public async Task A_defect_that_no_board_can_have_is_told(string defect, string found, string allowed)
    {
        Func<Task> serve = () => _folder.ServeAsync(defect);

        ConfigurationException fault = (await serve.Should().ThrowAsync<ConfigurationException>()).Which;

        (fault.Code, fault.Found).Should().Be(("RIG-006", found));
        fault.Allowed.Should().Contain(allowed);
    }

    [Fact]
    public async Task A_defect_is_the_devices_where_a_board_has_its_name()
    {
        using BenchFolder folder = With("relays", "esme-01");

        await using BenchFolder.ServedBench served = await folder.ServeAsync("esme-01:wrong-scaler");

        (await served.Ready).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_virtual_board_feeds_virtual_meters_alone()
    {
        const string Other = """
              esme-02:
                type: ESME
                eui64: 90-B3-D5-1F-30-00-00-A1
                profile: generic-smets1-esme
                link: { via: serial, port: /dev/serial/by-id/probe-2, baud: 9600 }
            """;
        using BenchFolder folder = With("devices: [ esme-01 ]", "devices: [ esme-01, esme-02 ]", $"\n{Other}");
        Func<Task> serve = () => folder.ServeAsync();

        ConfigurationException fault = (await serve.Should().ThrowAsync<ConfigurationException>()).Which;

        (fault.Code, fault.Key).Should().Be(("RIG-013", "power.feeds.mains-01.devices"));
        fault.Found.Should().Contain("esme-02").And.Contain("relays");
    }

    private static BenchFolder With(string from, string to, string devices = "") => new()
    {
        Rig = BenchFolder.Parse(BenchFolder.RigText + devices + Power.Replace(from, to, StringComparison.Ordinal)),
    };

    private static async Task UntilAsync(RigBench bench, bool isPresent)
    {
        while (await IsPresentAsync(bench) != isPresent)
        {
        }
    }

    private static async Task<bool> IsPresentAsync(RigBench bench) =>
        (await bench.Supply!.ReadAsync(Mains, CancellationToken.None).DefaultTimeout()).IsPresent;
}
