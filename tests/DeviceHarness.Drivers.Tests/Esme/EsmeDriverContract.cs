using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Lines;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme;

/// <summary>The driver reads a server scripted from vectors that other implementations made. No code of the virtual devices is
/// involved.</summary>
public abstract class EsmeDriverContract
{
    private const string GetName = "C001C1 0001 00002A0000FF 02";
    private const string GetClock = "C001C1 0008 0000010000FF 02";
    private const string GetScaler = "C001C1 0003 0100010800FF 03";
    private const string GetActive = "C001C1 0003 0100010800FF 02";
    private const string GetReactiveScaler = "C001C1 0003 0100030800FF 03";
    private const string GetReactive = "C001C1 0003 0100030800FF 02";
    private const string GetState = "C001C1 0046 000060030AFF 03";
    private const string SetClock = "C101C1 0008 0000010000FF 02 00 090C";
    private const string Action = "C301C1 0046";

    private static readonly DateTimeOffset VectorTime = new(2018, 2, 7, 10, 42, 37, TimeSpan.Zero);

    protected abstract (IByteTransport Near, IByteTransport Far) Line();

    [Fact]
    public async Task SRV_11_2_reads_the_version()
    {
        await using Bench bench = Open(meter => meter.Answer(GetName, MeterFrames.VectorApdu("i-get-ldn-response")));

        SrvResult result = await bench.RunAsync(new ReadFirmwareVersion());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        result.Outcome.Body.Should().Be(new ReadFirmwareVersionRsp { MessageSuccess = true, FirmwareVersion = "GRX0000000123456" });
        bench.Meter.Requests[1].ShouldBeHex(Convert.ToHexString(MeterFrames.VectorApdu("i-get-ldn")));
    }

    [Fact]
    public async Task SRV_4_1_1_scales_the_registers_and_leaves_the_secondary_out()
    {
        await using Bench bench = Open(WithRegisters);

        SrvResult result = await bench.RunAsync(new ReadInstantaneousImportRegisters());

        result.Outcome.Body.Should().Be(new ReadInstantaneousImportRegistersRsp
        {
            MessageSuccess = true,
            Electricity = new ElectricityImportRegisters(new RegisterReading(50), new RegisterReading(5009)),
        });
    }

    [Fact]
    public async Task SRV_6_11_sets_a_clock_within_the_tolerance_and_reads_it_back()
    {
        await using Bench bench = Open(WithClock);

        SrvResult result = await bench.RunAsync(new SynchroniseClock(VectorTime + TimeSpan.FromSeconds(5), 30));

        result.Outcome.Body.Should().Be(new SynchroniseClockRsp
        {
            MessageSuccess = true,
            DeviceTime = VectorTime,
            ElecClockTimeStatus = ClockTimeStatus.Reliable,
        });
        bench.Meter.Requests.Select(request => request[0]).Should().Equal(0x60, 0xC0, 0xC1, 0xC0);
        bench.Meter.Requests[2][15..20].ShouldBeHex("07 E2 02 07 03", "7 February 2018, a Wednesday");
        bench.Meter.Requests[2][^3..].ShouldBeHex("00 00 00", "UTC and a good status");
    }

    [Fact]
    public async Task SRV_8_1_1_gives_the_clock_the_time_and_answers_in_its_own_words()
    {
        await using Bench bench = Open(WithClock);

        SrvResult result = await bench.RunAsync(new CommissionDeviceSynchroniseClock(VectorTime + TimeSpan.FromSeconds(5), 30));
        SrvResult far = await bench.RunAsync(new CommissionDeviceSynchroniseClock(VectorTime + TimeSpan.FromMinutes(10), 30));

        result.Outcome.Body.Should().Be(new CommissionDeviceSynchroniseClockRsp
        {
            MessageSuccess = true,
            DeviceTime = VectorTime,
            ElecClockTimeStatus = ClockTimeStatus.Reliable,
        });
        far.Outcome.Body.As<CommissionDeviceSynchroniseClockRsp>().ElecClockTimeStatus.Should().Be(ClockTimeStatus.Unreliable);
        bench.Meter.Requests.Select(request => request[0]).Should().Equal(0x60, 0xC0, 0xC1, 0xC0, 0xC0);
    }

    [Fact]
    public async Task SRV_6_11_leaves_a_clock_outside_the_tolerance_alone_and_calls_it_unreliable()
    {
        await using Bench bench = Open(WithClock);

        SrvResult result = await bench.RunAsync(new SynchroniseClock(VectorTime + TimeSpan.FromMinutes(10), 30));

        result.Outcome.Body.As<SynchroniseClockRsp>().ElecClockTimeStatus.Should().Be(ClockTimeStatus.Unreliable);
        bench.Meter.Requests.Should().NotContain(request => request[0] == 0xC1);
    }

    [Fact]
    public async Task SRV_6_11_tells_that_the_device_refused_the_time()
    {
        await using Bench bench = Open(meter =>
        {
            WithClock(meter);
            meter.Answer(SetClock, "C5 01 C1 03".Octets());
        });

        SrvResult result = await bench.RunAsync(new SynchroniseClock(VectorTime, 30));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.DeviceCode.Should().Be(3);
    }

    [Fact]
    public async Task SRV_7_1_and_7_2_invoke_the_methods_of_the_vectors()
    {
        await using Bench bench = Open(meter => meter.Answer(Action, MeterFrames.Vector("action-response-plain")));

        SrvResult enabled = await bench.RunAsync(new EnableSupply());
        SrvResult disabled = await bench.RunAsync(new DisableSupply());

        enabled.Outcome.Body.Should().Be(new EnableSupplyRsp { MessageSuccess = true });
        disabled.Outcome.Body.Should().Be(new DisableSupplyRsp { MessageSuccess = true });
        bench.Meter.Requests[1].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("action-remote-reconnect")));
        bench.Meter.Requests[2].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("action-remote-disconnect")));
    }

    [Fact]
    public async Task SRV_7_4_reads_the_state_of_the_vector()
    {
        await using Bench bench = Open(meter => meter.Answer(GetState, MeterFrames.VectorApdu("i-get-clock-base-response")));

        SrvResult result = await bench.RunAsync(new ReadSupplyStatus());

        result.Outcome.Body.As<ReadSupplyStatusRsp>().SupplyState.Should().Be(SupplyState.Disabled);
    }

    [Fact]
    public async Task A_refusal_is_an_outcome_with_the_device_s_code()
    {
        await using Bench bench = Open(meter => meter.Answer(GetName, MeterFrames.VectorApdu("i-get-error-rw-denied")));

        SrvResult result = await bench.RunAsync(new ReadFirmwareVersion());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.DeviceCode.Should().Be(3);
        result.Outcome.Detail.Should().Contain("read-write-denied").And.Contain("may not read");
        result.Outcome.Body.As<ReadFirmwareVersionRsp>().MessageSuccess.Should().BeFalse();
    }

    [Fact]
    public async Task A_code_that_is_no_legal_answer_is_a_breach_of_the_protocol()
    {
        await using Bench bench = Open(meter => meter.Answer(GetName, "C4 01 C1 01 13".Octets()));

        SrvResult result = await bench.RunAsync(new ReadFirmwareVersion());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
    }

    [Fact]
    public async Task The_association_stays_open_between_requests_and_the_split_says_so()
    {
        await using Bench bench = Open(WithClock);

        SrvResult first = await bench.RunAsync(new SynchroniseClock(VectorTime, 30));
        SrvResult second = await bench.RunAsync(new SynchroniseClock(VectorTime, 30));

        bench.Meter.Connects.Should().Be(1);
        first.Latency.AssociationOpen.Should().BeFalse();
        first.Latency.Connect.Should().BePositive();
        second.Latency.AssociationOpen.Should().BeTrue();
        second.Latency.Connect.Should().Be(TimeSpan.Zero);
        second.Latency.Exchanges.Should().Be(3);
        second.Latency.Line.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task After_a_disconnect_the_next_request_connects_anew()
    {
        await using Bench bench = Open(WithClock);

        _ = await bench.RunAsync(new SynchroniseClock(VectorTime, 30));
        await bench.Driver.DisconnectAsync(CancellationToken.None).DefaultTimeout();
        await bench.Driver.DisconnectAsync(CancellationToken.None).DefaultTimeout();
        SrvResult again = await bench.RunAsync(new SynchroniseClock(VectorTime, 30));

        again.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        bench.Meter.Connects.Should().Be(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_lost_frame_changes_no_value(int lost)
    {
        await using Bench bench = Open(WithRegisters);
        bench.Meter.Fault = (index, frame) => index == lost ? [] : [frame];

        await ShouldReadTheRegistersAsync(bench);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_doubled_frame_changes_no_value(int doubled)
    {
        await using Bench bench = Open(WithRegisters);
        bench.Meter.Fault = (index, frame) => index >= doubled ? [frame, frame] : [frame];

        await ShouldReadTheRegistersAsync(bench);
        await ShouldReadTheRegistersAsync(bench);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_frame_with_a_wrong_checksum_changes_no_value(int damaged)
    {
        await using Bench bench = Open(WithRegisters);
        bench.Meter.Fault = (index, frame) => index == damaged ? [[.. frame[..^4], (byte)(frame[^4] ^ 0x10), .. frame[^3..]]] : [frame];

        await ShouldReadTheRegistersAsync(bench);
    }

    [Fact]
    public async Task DM_to_the_first_request_reconnects_and_the_request_is_done_once()
    {
        await using Bench bench = Open(meter => meter.Answer(Action, MeterFrames.Vector("action-response-plain")));
        _ = await bench.RunAsync(new EnableSupply());
        bench.Meter.HasLostLink = true;

        SrvResult result = await bench.RunAsync(new DisableSupply());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        result.Latency.AssociationOpen.Should().BeFalse();
        bench.Meter.Connects.Should().Be(2);
        bench.Meter.Requests.Count(request => request[0] == 0xC3).Should().Be(2);
    }

    [Fact]
    public async Task A_silent_application_on_a_sound_link_is_no_answer_and_the_probe_says_so()
    {
        await using Bench bench = Open(meter => meter.Answer(GetName, [], MeterFrames.VectorApdu("i-get-ldn-response")));

        SrvResult silent = await bench.RunAsync(new ReadFirmwareVersion());
        SrvResult next = await bench.RunAsync(new ReadFirmwareVersion());

        silent.Outcome.Kind.Should().Be(DeviceOutcomeKind.NoAnswer);
        silent.Outcome.LinkAnswersProbe.Should().BeTrue();
        next.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done);
        bench.Meter.Requests.Count(request => request[0] == 0xC0).Should().Be(2, "the request was not sent again on its own");
    }

    [Fact]
    public async Task A_silence_already_at_the_association_is_no_answer_too()
    {
        await using Bench bench = Open(meter => meter.Answer("60", [[]]));

        SrvResult silent = await bench.RunAsync(new ReadFirmwareVersion());

        silent.Outcome.Kind.Should().Be(DeviceOutcomeKind.NoAnswer);
        silent.Outcome.LinkAnswersProbe.Should().BeTrue();
    }

    [Fact]
    public async Task A_dead_line_is_unreachable_at_once_and_in_mid_session()
    {
        await using Bench bench = Open(WithRegisters);
        bench.Meter.IsDead = true;

        SrvResult atOnce = await bench.RunAsync(new ReadFirmwareVersion());
        bench.Meter.IsDead = false;
        await ShouldReadTheRegistersAsync(bench);
        bench.Meter.IsDead = true;
        SrvResult later = await bench.RunAsync(new ReadInstantaneousImportRegisters());

        (atOnce.Outcome.Kind, atOnce.Outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.Unreachable, false));
        (later.Outcome.Kind, later.Outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.Unreachable, false));
    }

    [Fact]
    public async Task Refused_credentials_are_the_bench_s_fault_and_no_outcome_of_the_device()
    {
        byte[] rejected = MeterFrames.Vector("i-aare-auth-failure-no-userinfo")[12..^3];
        await using Bench bench = Open(meter => meter.Answer("60", rejected));

        Func<Task> run = () => bench.RunAsync(new ReadFirmwareVersion());

        AuthenticationFailedException error = (await run.Should().ThrowAsync<AuthenticationFailedException>()).Which;
        (error.Code, error.IsCounter).Should().Be((DlmsFaults.AuthenticationRefused, false));
    }

    [Fact]
    public async Task A_broken_port_is_an_exception_and_not_an_outcome()
    {
        await using Bench bench = Open(WithRegisters);
        await bench.Meter.DisposeAsync();

        Func<Task> run = () => bench.RunAsync(new ReadInstantaneousImportRegisters());

        _ = await run.Should().ThrowAsync<TransportException>();
    }

    [Fact]
    public async Task A_cancelled_request_does_not_leak_its_late_answer_into_the_next()
    {
        using CancellationTokenSource cancellation = new();
        byte[]? held = null;
        await using Bench bench = Open(WithRegisters);
        bench.Meter.Answer(GetName, MeterFrames.VectorApdu("i-get-ldn-response"));
        bench.Meter.Fault = (index, frame) =>
        {
            if (index == 2)
            {
                // Here and not later: the next time-out would fall due as soon as the meter is silent.
                held = frame;
                cancellation.Cancel();
                return [];
            }

            return index == 3 && held is not null ? [held, frame] : [frame];
        };

        Task<SrvResult> cancelled = bench.Driver.ExecuteAsync(new ReadFirmwareVersion(), cancellation.Token);
        Func<Task> wait = () => cancelled.DefaultTimeout();

        _ = await wait.Should().ThrowAsync<OperationCanceledException>();
        await ShouldReadTheRegistersAsync(bench);
    }

    [Fact]
    public async Task A_variant_that_is_not_served_is_refused_before_anything_is_sent()
    {
        await using Bench bench = Open(WithRegisters);
        await bench.Driver.DisposeAsync();

        Func<Task> run = () => bench.RunAsync(new ReadFirmwareVersion());

        _ = await run.Should().ThrowAsync<ObjectDisposedException>();
        bench.Driver.ServiceReferenceVariants.Should().BeEquivalentTo(
            "1.1.1", "1.2.1", "1.5", "1.6", "2.1", "2.2", "2.3", "2.5", "3.1", "3.2", "3.3",
            "4.1.1", "4.2", "4.3", "4.6.1", "4.6.2", "4.8.1", "4.8.2", "4.8.3", "4.10", "4.11.1", "4.13", "4.14", "4.15", "4.16", "4.17",
            "4.18", "6.2.1", "6.2.2", "6.2.3", "6.2.4", "6.2.5", "6.2.7", "6.2.9", "6.4.1", "6.4.2", "6.5", "6.8", "6.11", "6.13", "6.27",
            "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11", "8.1.1",
            "11.1", "11.2", "11.3");
        bench.Meter.Connects.Should().Be(0);
    }

    private static void WithRegisters(ScriptedMeter meter) => meter
        .Answer(GetScaler, ["C4 01 C1 00".Octets().Concat(MeterFrames.Vector("scaler-minus-2-wh")).ToArray()])
        .Answer(GetActive, MeterFrames.Vector("get-response-normal-u32"))
        .Answer(GetReactiveScaler, ["C4 01 C1 00".Octets().Concat(MeterFrames.Vector("structure-scaler-unit-wh")).ToArray()])
        .Answer(GetReactive, MeterFrames.Vector("get-response-normal-u32"));

    private static void WithClock(ScriptedMeter meter) => meter
        .Answer(GetClock, MeterFrames.VectorApdu("i-get-clock-time-response"))
        .Answer(SetClock, MeterFrames.Vector("set-response-ok"));

    private static async Task ShouldReadTheRegistersAsync(Bench bench)
    {
        SrvResult result = await bench.RunAsync(new ReadInstantaneousImportRegisters());

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        result.Outcome.Body.As<ReadInstantaneousImportRegistersRsp>().Electricity
            .Should().Be(new ElectricityImportRegisters(new RegisterReading(50), new RegisterReading(5009)));
    }

    private Bench Open(Action<ScriptedMeter> script)
    {
        (IByteTransport near, IByteTransport far) = Line();
        LockstepLine line = new(near, far, new ManualTimeProvider());
        ScriptedMeter meter = new(line.Far);
        meter.Answer("60", MeterFrames.VectorApdu("i-aare-none-1byte"));
        script(meter);
        return new Bench(line, meter);
    }

    private sealed class Bench : IAsyncDisposable
    {
        private readonly LockstepLine _line;

        internal Bench(LockstepLine line, ScriptedMeter meter)
        {
            _line = line;
            Meter = meter;
            Driver = new EsmeDriver(new EsmeOptions
            {
                Id = new DeviceId("esme-01"),
                Profile = TestProfile.Load(),
                Transport = line.Near,
                TimeProvider = line.Clock,
            });
        }

        internal ScriptedMeter Meter { get; }

        internal EsmeDriver Driver { get; }

        public async ValueTask DisposeAsync()
        {
            await Driver.DisposeAsync();
            await _line.Near.DisposeAsync();
            await Meter.DisposeAsync();
        }

        internal Task<SrvResult> RunAsync(DeviceHarness.Duis.Bodies.SrvRequestBody body) =>
            Driver.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();
    }
}
