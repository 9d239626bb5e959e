using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Agent.Tests.Firmware;

/// <summary>The driver and the virtual meter, each written without the other, over a pseudo-terminal while the meter's
/// power is cut.</summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const int BlockOctets = 512;
    private const int Seed = 20_261_122;
    private static readonly Eui64 Device = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");
    private static readonly FirmwareImage Image = TestImage.Of((20 * BlockOctets) - 100);

    private static int Blocks => ((Image.Octets.Length - 1) / BlockOctets) + 1;

    public static TheoryData<int, bool> Cuts()
    {
        TheoryData<int, bool> cuts = [];
        Random random = new(Seed);
        int[] all = [.. Enumerable.Range(0, Blocks)];
        random.Shuffle(all);
        foreach (int block in all.Take(TestSize.Of(suite: 1, large: Blocks)).Order())
        {
            cuts.Add(block, true);
            cuts.Add(block, false);
        }

        return cuts;
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_transfer_that_lost_the_meters_power_at_a_block_ends_verified_and_runs(int block, bool cutsBefore)
    {
        output.WriteLine($"seed {Seed}, {Blocks} blocks");
        await using Bench bench = new([block], cutsBefore);

        SrvResult delivery = await bench.DeliverAsync();
        SrvResult activation = await bench.ActivateAsync();

        bench.Line.Cuts.Should().Be(1);
        delivery.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, delivery.Outcome.Detail);
        delivery.Outcome.Detail.Should().Contain("begun 1 times", "the meter keeps its blocks without power");
        activation.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, activation.Outcome.Detail);
        activation.Outcome.Body!.Values["FirmwareVersion"].Should().Be(TestImage.Version);
    }

    [Fact]
    public async Task A_transfer_that_loses_the_meters_power_at_many_blocks_ends_verified()
    {
        HashSet<int> blocks = [.. Enumerable.Range(0, Blocks).Where(block => TestSize.IsLong || block % 9 == 4)];
        int expected = blocks.Count;
        await using Bench bench = new(blocks, cutsBefore: true);

        SrvResult delivery = await bench.DeliverAsync();

        delivery.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, delivery.Outcome.Detail);
        bench.Line.Cuts.Should().Be(expected);
    }

    private sealed class Bench : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly PtyMasterTransport _pty = PtyMasterTransport.Create(new PtySettings { Name = "esme-01" });
        private readonly Task _serving;
        private readonly EsmeDriver _driver;

        internal Bench(HashSet<int> blocks, bool cutsBefore)
        {
            string root = RepositoryRoot.Path;
            VirtualEsme meter = new(
                "esme-01", EsmeModelReader.ReadFile(Path.Combine(root, "rigs", "virtual", "esme.yaml")), TimeProvider.System);
            _serving = meter.RunAsync(new VirtualLine(_pty), _stop.Token);
            SerialPortTransport port = SerialPortTransport.Open(
                new SerialPortSettings { Path = _pty.ClientPath, Name = "esme-01", HasLineTime = false });
            Line = new CuttingTransport(port, meter, blocks, cutsBefore);
            DeviceProfile profile = DeviceProfileLoader.LoadFile(Path.Combine(root, "rigs", "profiles", "generic-smets1-esme.yaml"));
            _driver = new EsmeDriver(new EsmeOptions
            {
                Id = new DeviceId("esme-01"),
                Profile = profile.With(new DeviceOverrides(TimeSpan.FromSeconds(1), 2)),
                Transport = Line,
            });
        }

        internal CuttingTransport Line { get; }

        public async ValueTask DisposeAsync()
        {
            await _driver.DisposeAsync();
            await Line.DisposeAsync();
            await _stop.CancelAsync();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _pty.DisposeAsync();
            _stop.Dispose();
        }

        internal Task<SrvResult> DeliverAsync() => _driver.ExecuteAsync(
            new UpdateFirmware(Image, TestImage.Version, [Device]), CancellationToken.None).DefaultTimeout();

        internal Task<SrvResult> ActivateAsync() =>
            _driver.ExecuteAsync(new ActivateFirmware(Image.Hash), CancellationToken.None).DefaultTimeout();
    }
}
