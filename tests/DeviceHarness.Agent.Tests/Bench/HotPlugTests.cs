using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Power;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Recording;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>A meter behind an adapter with a stable name, which is a link here and a pseudo-terminal behind it. With adapters that a kernel
/// takes for real ones: tests/DeviceHarness.Guest.</summary>
public sealed class HotPlugTests : IDisposable
{
    private readonly BenchFolder _folder = new() { Rig = BenchFolder.Parse(BenchFolder.RigText + VirtualPowerTests.Power) };
    private readonly List<string> _lost = [];

    private string Name => Path.Combine(_folder.Path, "by-id");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_adapter_that_comes_back_under_another_number_is_found_by_its_name()
    {
        await using DeviceStation station = Station();
        string first;
        await using (BenchFolder.ServedBench served = await _folder.ServeAsync())
        {
            first = PlugIn();
            await ReadAsync(station);
        }

        await Eventually.HoldsAsync(() => _lost.Count > 0);
        File.Delete(Name);
        string? missing = await station.CheckPortAsync();
        await using OtherAdapters others = OtherAdapters.UntilOneHas(first);
        await using BenchFolder.ServedBench again = await _folder.ServeAsync();
        string second = PlugIn();
        string? found = await station.CheckPortAsync();
        await ReadAsync(station);

        missing.Should().Contain(Name).And.Contain("plugged in");
        found.Should().BeNull();
        second.Should().NotBe(first, "the other adapter took its number");
        _lost.Should().Equal("esme-01");
    }

    [Fact]
    public async Task A_read_that_meets_the_loss_fails_as_the_bench_and_the_next_one_is_answered()
    {
        await using DeviceStation station = Station();
        await using (BenchFolder.ServedBench served = await _folder.ServeAsync())
        {
            PlugIn();
            await ReadAsync(station);
        }

        Func<Task> read = () => ReadAsync(station);
        TransportException fault = (await read.Should().ThrowAsync<TransportException>()).Which;
        await using BenchFolder.ServedBench again = await _folder.ServeAsync();
        PlugIn();
        await ReadAsync(station);

        fault.Code.Should().BeOneOf("TRAN-001", "TRAN-004");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(2.1, false)]
    public async Task A_port_that_is_lost_within_two_seconds_of_a_switch_disturbs_the_bench(double secondsLater, bool isDisturbed)
    {
        ManualTimeProvider time = new();
        await using RigBench bench = _folder.OpenBench(time);
        string before = bench.LastDisturbance;
        await using (BenchFolder.ServedBench served = await _folder.ServeAsync())
        {
            (await bench.FindPortFaultAsync().DefaultTimeout()).Should().BeNull();
            await bench.Power!.SwitchAsync(new("esme-01"), isOn: true, CancellationToken.None).DefaultTimeout();
            time.Advance(TimeSpan.FromSeconds(secondsLater));
        }

        await Eventually.HoldsAsync(() => bench.FindPortFaultAsync().GetAwaiter().GetResult() is not null);
        await Eventually.HoldsAsync(() => !isDisturbed || bench.LastDisturbance.Length > 0);
        int count = await bench.CountDisturbancesAsync(CancellationToken.None);

        before.Should().BeEmpty();
        count.Should().Be(isDisturbed ? 1 : 0);
        (bench.LastDisturbance.Length > 0).Should().Be(isDisturbed);
        if (isDisturbed)
        {
            bench.LastDisturbance.Should().StartWith("the port of esme-01 was lost at ").And.Contain("after mains-01 was switched");
        }
    }

    private DeviceStation Station()
    {
        RigConfiguration rig = BenchFolder.Parse(BenchFolder.RigText.Replace(
            "{ via: virtual, model: rigs/virtual/esme.yaml, paced: false }", $"{{ via: serial, port: {Name} }}", StringComparison.Ordinal));
        return new DeviceStation(
            rig.Devices[0], DriverCatalog.FindProfile(rig.Devices[0], Path.Combine(RepositoryRoot.Path, "rigs", "profiles")), Name,
            new WireLog(), new ProgressFeed().Of(rig.Devices[0].Id), TimeProvider.System, NullLogger.Instance, new MemorySecurityStore())
        {
            PortLost = _lost.Add,
        };
    }

    /// <summary>As udev does it: the stable name leads to the node of now.</summary>
    private string PlugIn()
    {
        string node = new FileInfo(_folder.Port).ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        File.Delete(Name);
        File.CreateSymbolicLink(Name, node);
        return node;
    }

    /// <summary>Adapters that were plugged in meanwhile. The kernel gives the lowest number that is free, and the tests beside this one
    /// come and go: one alone need not have taken the number.</summary>
    private sealed class OtherAdapters : IAsyncDisposable
    {
        private const int Most = 64;

        private readonly List<PtyMasterTransport> _adapters = [];

        public static OtherAdapters UntilOneHas(string node)
        {
            OtherAdapters others = new();
            do
            {
                others._adapters.Add(PtyMasterTransport.Create(new PtySettings { Name = "another adapter" }));
            }
            while (others._adapters[^1].SlavePath != node && others._adapters.Count < Most);

            return others;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (PtyMasterTransport adapter in _adapters)
            {
                await adapter.DisposeAsync();
            }
        }
    }

    private static async Task ReadAsync(DeviceStation station)
    {
        SrvResult version = await station.ExecuteAsync(new ReadFirmwareVersion(), CancellationToken.None).DefaultTimeout();
        version.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, version.Outcome.Detail);
    }
}
