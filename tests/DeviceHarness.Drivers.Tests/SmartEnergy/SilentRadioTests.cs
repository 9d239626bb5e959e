using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Gpf;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.Han.Upgrades;
using DeviceHarness.Drivers.Ppmid;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Drivers.Tests.SmartEnergy;

/// <summary>Each variant that the drivers of gas meters, their proxies and displays serve, where nothing comes: from a meter that sleeps
/// on, from one that wakes and says nothing, and because the adapter is gone.</summary>
public sealed class SilentRadioTests
{
    private const string FirmwareAlert = "FirmwareDistributionFailure";

    private static readonly TimeSpan Wake = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan AlmostAWake = TimeSpan.FromMinutes(29);
    private static readonly TimeSpan NoMoreAwake = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, Func<SmartEnergyOptions, IDeviceDriver>> Makers = new()
    {
        [SmartEnergyProfile.Gsme] = options => new GsmeDriver(options),
        [SmartEnergyProfile.Gpf] = options => new GpfDriver(options),
        [SmartEnergyProfile.Ppmid] = options => new PpmidDriver(options),
    };

    public static TheoryData<string> OfMeters => [.. GsmeDriver.Served];

    /// <summary>What is served by devices that never sleep.</summary>
    public static TheoryData<string, string> OfOthers { get; } = Rows(
        (SmartEnergyProfile.Gpf, GpfDriver.Served), (SmartEnergyProfile.Ppmid, PpmidDriver.Served));

    [Fact]
    public void The_table_holds_what_is_served() => RadioRequests.All.Keys.Should().BeEquivalentTo(
        GsmeDriver.Served.Union(GpfDriver.Served).Union(PpmidDriver.Served));

    /// <summary>The request waits for the wake and leaves then; the meter is not called silent before another one has passed.</summary>
    [Theory]
    [MemberData(nameof(OfMeters))]
    public async Task A_meter_that_wakes_and_says_nothing_gave_no_answer_once_its_next_wake_has_passed(string srv)
    {
        await using Radio radio = await Radio.StartAsync(SmartEnergyProfile.Gsme, Wake);

        Task<SrvResult> running = await radio.BeginAsync(srv);
        radio.Clock.Advance(AlmostAWake);
        await radio.Bench.PumpedAsync();
        (running.IsCompleted, radio.IsAnythingSent, radio.Waiting).Should().Be((false, false, 1), "it sleeps, and the request is kept");
        radio.Bench.Poll();
        await radio.Bench.SentAsync();
        await radio.Bench.PumpedAsync();
        radio.Clock.Advance(AlmostAWake);
        await radio.Bench.PumpedAsync();
        running.IsCompleted.Should().BeFalse("it may answer at its next wake");
        await NcpClock.PassAsync(radio.Clock, running);

        DeviceOutcome outcome = (await running.DefaultTimeout()).Outcome;
        (outcome.Kind, outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.NoAnswer, true), outcome.Detail);
        radio.ToldFor(srv, outcome).Should().Be(IsDelivery(srv) ? FirmwareAlert : ResponseCodes.NoAnswer);
    }

    [Theory]
    [MemberData(nameof(OfMeters))]
    public async Task A_meter_that_sleeps_on_cannot_be_reached_and_is_not_called_silent(string srv)
    {
        await using Radio radio = await Radio.StartAsync(SmartEnergyProfile.Gsme, Wake);

        Task<SrvResult> running = await radio.BeginAsync(srv);
        radio.Clock.Advance(AlmostAWake);
        await radio.Bench.PumpedAsync();
        running.IsCompleted.Should().BeFalse("its wake has not passed");
        await NcpClock.PassAsync(radio.Clock, running);

        DeviceOutcome outcome = (await running.DefaultTimeout()).Outcome;
        (outcome.Kind, outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.Unreachable, false), outcome.Detail);
        (radio.IsAnythingSent, radio.Waiting).Should().Be((false, 0), "its sender was told, so that nothing of it is left");
        radio.ToldFor(srv, outcome).Should().Be(IsDelivery(srv) ? FirmwareAlert : ResponseCodes.Unreachable);
    }

    /// <summary>Whatever the request was at: nothing is said of the meter, and the next request finds the driver free.</summary>
    [Theory]
    [MemberData(nameof(OfMeters))]
    public async Task An_adapter_that_is_gone_is_the_bench_and_never_the_meter(string srv)
    {
        await using Radio radio = await Radio.StartAsync(SmartEnergyProfile.Gsme, Wake);

        Task<SrvResult> waiting = await radio.BeginAsync(srv);
        await ShouldBeTheBenchAsync(waiting, radio);
        await radio.AdapterBackAsync();
        Task<SrvResult> leaving = await radio.BeginAsync(srv);
        radio.Bench.Poll();
        await radio.Bench.SentAsync();
        await radio.Bench.PumpedAsync();
        await ShouldBeTheBenchAsync(leaving, radio);
    }

    [Theory]
    [MemberData(nameof(OfOthers))]
    public async Task A_device_that_never_sleeps_is_waited_for_as_its_profile_says_and_a_lost_adapter_is_the_bench(string type, string srv)
    {
        await using Radio radio = await Radio.StartAsync(type, wake: null);

        Task<SrvResult> silent = await radio.BeginAsync(srv);
        await radio.Bench.SentAsync();
        await radio.Bench.PumpedAsync();
        radio.Clock.Advance(TimeSpan.FromSeconds(9));
        await radio.Bench.PumpedAsync();
        silent.IsCompleted.Should().BeFalse("it has ten seconds");
        await NcpClock.PassAsync(radio.Clock, silent);
        radio.Bench.Adapter.Carry = _ => Task.FromResult(FakeAdapter.Delivery(ZigBeeDeliveryOutcome.NotDelivered, "no acknowledgement"));
        Task<SrvResult> unheard = await radio.BeginAsync(srv);
        await radio.Bench.SentAsync();
        await NcpClock.PassAsync(radio.Clock, unheard);
        radio.Bench.Adapter.Carry = _ => Task.FromResult(FakeAdapter.Delivery());
        Task<SrvResult> lost = await radio.BeginAsync(srv);
        await radio.Bench.SentAsync();
        await radio.Bench.PumpedAsync();

        DeviceOutcome outcome = (await silent.DefaultTimeout()).Outcome;
        using AssertionScope scope = new();
        (outcome.Kind, outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.NoAnswer, true), outcome.Detail);
        radio.ToldFor(srv, outcome).Should().Be(IsDelivery(srv) ? FirmwareAlert : ResponseCodes.NoAnswer);
        (await unheard.DefaultTimeout()).Outcome.Kind.Should().Be(DeviceOutcomeKind.Unreachable);
        await ShouldBeTheBenchAsync(lost, radio);
    }

    private static bool IsDelivery(string srv) => FirmwareUpdate.Variants.Contains(srv);

    /// <summary>Takes the adapter away, and waits for as long as the request may take.</summary>
    private static async Task ShouldBeTheBenchAsync(Task<SrvResult> running, Radio radio)
    {
        await radio.LoseAdapterAsync();
        await NcpClock.PassAsync(radio.Clock, running);
        await running.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<AdapterException>();
    }

    private static TheoryData<string, string> Rows(params (string Type, IReadOnlyCollection<string> Served)[] devices)
    {
        TheoryData<string, string> rows = [];
        foreach ((string type, string srv) in devices.SelectMany(device => device.Served.Select(srv => (device.Type, srv))))
        {
            rows.Add(type, srv);
        }

        return rows;
    }

    /// <summary>A driver before a device that the test plays, with an upgrade server.</summary>
    private sealed class Radio : IAsyncDisposable
    {
        private static readonly Eui64 Supplier = Eui64.Parse("90-B3-D5-1F-30-01-00-01");
        private static readonly Eui64 Device = new(HanBench.Meter);

        private readonly HanUpgrades _upgrades;
        private readonly IDeviceDriver _driver;
        private readonly string _type;
        private readonly bool _sleeps;
        private ulong _counter = 1000;

        private Radio(HanBench bench, HanUpgrades upgrades, IDeviceDriver driver, string type, bool sleeps) =>
            (Bench, _upgrades, _driver, _type, _sleeps) = (bench, upgrades, driver, type, sleeps);

        public HanBench Bench { get; }

        public ManualTimeProvider Clock => Bench.Clock;

        public int Waiting => Bench.Network.Waiting;

        public bool IsAnythingSent => Bench.Adapter.TryTakeSent(out _);

        public static async Task<Radio> StartAsync(string type, TimeSpan? wake)
        {
            HanUpgrades? upgrades = null;
            HanBench bench = await HanBench.StartAsync(
                isSleepy: wake is not null,
                options => options with { Servers = [upgrades = new HanUpgrades(new OtaServerSettings(), options.TimeProvider)] });
            upgrades!.Bind(bench.Network);
            SmartEnergyOptions options = new()
            {
                Id = new DeviceId("device-01"),
                Eui64 = HanBench.Meter,
                Network = bench.Network,
                Upgrades = upgrades,
                TimeProvider = bench.Clock,
                Profile = new SmartEnergyProfile
                {
                    Name = "test",
                    DeviceType = type,
                    Endpoint = HanBench.Endpoint,
                    WakeInterval = wake,
                    ResponseTimeout = TimeSpan.FromSeconds(10),
                    Firmware = new FirmwareModel(OtaClientByHand.Manufacturer, 1, 1),
                },
            };
            return new Radio(bench, upgrades, Makers[type](options), type, wake is not null);
        }

        /// <summary>Begins the request; that to a sleeping device waits then.</summary>
        public async Task<Task<SrvResult>> BeginAsync(string srv)
        {
            Clock.Advance(NoMoreAwake);
            Task<SrvResult> running = _driver.ExecuteAsync(RadioRequests.All[srv], CancellationToken.None);
            await Bench.PumpedAsync();
            while (_sleeps && Waiting == 0 && !running.IsCompleted)
            {
                await Task.Yield();
            }

            return running;
        }

        public async Task LoseAdapterAsync()
        {
            Bench.Adapter.Tell(new ZigBeeAdapterLost(new AdapterException("ASH-016", AdapterFault.LinkLost, "zb-01: lost")));
            await Bench.PumpedAsync();
        }

        public async Task AdapterBackAsync()
        {
            Bench.Adapter.Tell(new ZigBeeAdapterRecovered(null, 1));
            await Bench.PumpedAsync();
        }

        /// <summary>What the service tells the User of an outcome: a code, or the alert by its name.</summary>
        public string ToldFor(string srv, DeviceOutcome outcome)
        {
            SrvCatalogue.TryFind(srv, out SrvEntry? entry);
            SimulatedDcc service = new(
                new ServiceOptions
                {
                    Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [Supplier], ["GS"] = [Supplier] }),
                    FirmwareUpdates = FirmwareUpdateRules.Secmp0007,
                },
                new SmartMeteringInventory([new InventoryDevice(Device, _type, DeviceStatus.Commissioned, "1", Smets1: true)]));
            int variant = entry!.Criticality switch { SrvCriticality.Critical => 4, SrvCriticality.NonDevice => 8, _ => 1 };
            SrvRequestBody body = RadioRequests.All[srv];
            ServiceDecision decision = service.Receive(
                new DuisRequest(new RequestId(Supplier, Device, _counter++), variant, body), null, Clock.GetUtcNow());
            decision.Command.Should().NotBeNull($"{srv}: {decision.NotServed} {decision.Failure}");
            ServiceAnswer answer = service.Complete(decision.RequestId, outcome, Clock.GetUtcNow());
            return answer.Body is FirmwareDistributionFailure failure ? failure.ElementName : answer.ResponseCode;
        }

        public async ValueTask DisposeAsync()
        {
            await _driver.DisposeAsync();
            await Bench.DisposeAsync();
            await _upgrades.DisposeAsync();
        }
    }
}
