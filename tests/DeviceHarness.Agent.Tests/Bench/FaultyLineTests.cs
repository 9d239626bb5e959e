using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Lines;
using DeviceHarness.Transports.Faulty;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;
using SupplyState = DeviceHarness.Duis.Bodies.Supply.SupplyState;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The driver against the virtual meter over a line with faults: what it says is right, or it says that it does not know. The seed
/// of a failing run is in its message.</summary>
public sealed class FaultyLineTests(ITestOutputHelper output)
{
    private static readonly SrvRequestBody[] Requests =
        [new ReadFirmwareVersion(), new ReadInstantaneousImportRegisters(), new DisableSupply(), new ReadSupplyStatus(),
            new EnableSupply(), new ReadSupplyStatus()];

    [Theory]
    [InlineData("loss=0.01")]
    [InlineData("flip=0.01")]
    [InlineData("duplicate=0.01")]
    [InlineData("garbage=0.01")]
    [InlineData("delay=0.01")]
    [InlineData("stall=0.01")]
    [InlineData("wrong-baud=0.01")]
    [InlineData("hang-up=0.001")]
    [InlineData("loss=0.002,flip=0.002,duplicate=0.002,garbage=0.002,delay=0.01,stall=0.002,wrong-baud=0.001")]
    public async Task A_result_is_right_or_there_is_none(string faults)
    {
        int done = 0;
        for (int seed = 1; seed <= TestSize.Of(10, 1_000); seed++)
        {
            await using MemoryTransportPair pair = MemoryTransportPair.Create();
            done += await RunAsync(pair.Near, pair.Far, $"seed={seed},{faults}");
        }

        output.WriteLine($"{faults}: {done} requests carried out");
        done.Should().BePositive("a line that never carries a request shows nothing");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_same_holds_on_a_pseudo_terminal(int seed)
    {
        PtyMasterTransport far = PtyMasterTransport.Create(new PtySettings { Name = "esme-01", DrainLimit = TimeSpan.Zero });
        SerialPortTransport near = SerialPortTransport.Open(new SerialPortSettings { Path = far.ClientPath, HasLineTime = false });

        int done = await RunAsync(near, far, $"seed={seed},loss=0.004,flip=0.004,duplicate=0.004,stall=0.002");

        output.WriteLine($"seed {seed}: {done} requests carried out");
        done.Should().BeInRange(0, Requests.Length);
    }

    /// <summary>Runs all requests; says how many were carried out.</summary>
    private static async Task<int> RunAsync(IByteTransport near, IByteTransport far, string faults)
    {
        using CancellationTokenSource stop = new();
        LockstepLine line = new(near, far, new ManualTimeProvider());

        // One stage at each end, on what that end receives: held octets wait there by the line's own clock.
        await using FaultyTransport client = new(line.Near, Plan($"{faults},only=from"), line.Clock);
        FaultyTransport device = new(line.Far, Plan($"{faults},only=to"), line.Clock, isDeviceEnd: true);
        CommandList commands = new();
        VirtualEsme meter = new("esme-01", Model(), line.Clock, commands);
        Task serving = ServeAsync(meter, device, stop.Token);
        EsmeDriver driver = new(new EsmeOptions
        {
            Id = new DeviceId("esme-01"),
            Profile = Profile(),
            Transport = client,
            TimeProvider = line.Clock,
        });
        int done = 0;
        SupplyState? known = SupplyState.Enabled;
        foreach (SrvRequestBody request in Requests)
        {
            try
            {
                SrvResult result = await driver.ExecuteAsync(request, CancellationToken.None).DefaultTimeout();
                known = Check(request, result.Outcome, known, faults);
                done += result.Outcome.Kind == DeviceOutcomeKind.Done ? 1 : 0;
            }
            catch (TransportException gone)
            {
                gone.Code.Should().Be("TRAN-004", faults);
                break;
            }
        }

        await driver.DisposeAsync();
        await stop.CancelAsync();
        await line.DisposeAsync();
        await serving.DefaultTimeout();
        commands.Actions.Should().BeInRange(0, 2, $"each switching is carried out once at most: {faults}");
        return done;
    }

    private static SupplyState? Check(SrvRequestBody request, DeviceOutcome outcome, SupplyState? known, string faults)
    {
        outcome.Kind.Should().BeOneOf(
            [DeviceOutcomeKind.Done, DeviceOutcomeKind.Unreachable, DeviceOutcomeKind.ProtocolError],
            $"{faults}: {request.ElementName}, {outcome.Detail}");
        bool isDone = outcome.Kind == DeviceOutcomeKind.Done;
        switch (request)
        {
            case DisableSupply:
                return isDone ? SupplyState.Disabled : null;
            case EnableSupply:
                return isDone ? SupplyState.Enabled : null;
            case ReadFirmwareVersion when isDone:
                outcome.Body.As<ReadFirmwareVersionRsp>().FirmwareVersion.Should().Be("4.2.0", faults);
                break;
            case ReadInstantaneousImportRegisters when isDone:
                outcome.Body.As<ReadInstantaneousImportRegistersRsp>().Electricity!.ActiveImportRegister!.Value.Value
                    .Should().BeInRange(1_234_567, 1_334_567, faults);
                break;
            case ReadSupplyStatus when isDone && known is not null:
                outcome.Body.As<ReadSupplyStatusRsp>().SupplyState.Should().Be(known, faults);
                break;
        }

        return known;
    }

    private static async Task ServeAsync(VirtualEsme meter, FaultyTransport line, CancellationToken stop)
    {
        try
        {
            await meter.RunAsync(new VirtualLine(line), stop);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TransportException)
        {
            // The test is over, or the line was cut as planned.
            stop.CanBeCanceled.Should().BeTrue();
        }
    }

    private static FaultPlan Plan(string text)
    {
        FaultPlan.TryParse(text, out FaultPlan plan, out string problem).Should().BeTrue(problem);
        return plan;
    }

    private static EsmeModel Model() => EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));

    // Here an answer to the very first attempt may be lost, and the meter locks nobody out.
    private static DeviceProfile Profile()
    {
        DeviceProfile profile = DeviceProfileLoader.LoadFile(
            Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-esme.yaml"));
        return profile with { Association = profile.Association with { AttemptLimit = int.MaxValue } };
    }
}
