using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Power;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Power;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

/// <summary>Sensors that see supplies, on their virtual twins.</summary>
public sealed class SensorSensesTests : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly SupplyPoint Hub = new(new DeviceId("esme-01"), SupplyTerminal.Hub);

    private readonly ManualTimeProvider _time = new();
    private readonly VirtualPowerMonitor _chip = new(isIna226: false, shuntOhms: 0.1);
    private SensorSenses? _senses;
    private double _volts = 12;

    public SensorSensesTests() => _chip.Supply = () => (_volts, _volts / 80);

    public void Dispose()
    {
        _senses?.Dispose();
        _chip.Dispose();
    }

    [Theory]
    [InlineData(SensedQuantity.Voltage, 6, 3)]
    [InlineData(SensedQuantity.Current, 0.1, 0.05)]
    public async Task A_supply_that_goes_and_comes_is_seen_with_its_uncertainty(SensedQuantity reads, double on, double off)
    {
        SensorSenses senses = Senses(reads, on, off);
        SupplyReading before = await senses.ReadAsync(Hub, CancellationToken.None);
        _volts = 0;
        _time.Advance(Period);
        SupplyReading gone = await senses.ReadAsync(Hub, CancellationToken.None);
        _volts = 12;
        _time.Advance(Period);
        SupplyReading back = await senses.ReadAsync(Hub, CancellationToken.None);

        (before.IsPresent, gone.IsPresent, back.IsPresent).Should().Be((true, false, true));
        back.Source.Should().Be(before.Source);
        TimeSpan unsure = Period + PowerMonitorKind.Ina219.ConversionTime;
        back.Edges.Should().Equal(
            new SupplyEdge(1, IsPresent: false, Period) { Uncertainty = unsure },
            new SupplyEdge(2, IsPresent: true, 2 * Period) { Uncertainty = unsure });
        (back.At, back.Blind, back.Measured).Should().Be((2 * Period, unsure, "12.00 V, 0.1500 A"));
    }

    [Fact]
    public async Task A_time_in_which_it_was_not_asked_is_told_by_itself()
    {
        LateTime late = new(_time);
        SensorSenses senses = Senses(time: late);
        SupplyReading before = await senses.ReadAsync(Hub, CancellationToken.None);
        late.Late = TimeSpan.FromSeconds(5);
        _time.Advance(Period);
        _time.Advance(Period);

        SupplyReading after = await senses.ReadAsync(Hub, CancellationToken.None);

        TimeSpan conversion = PowerMonitorKind.Ina219.ConversionTime;
        before.Gaps.Should().BeNull();
        after.Gaps.Should().Equal(new SupplyGap(-conversion, late.Late + Period));
        after.Blind.Should().Be(Period + conversion);
    }

    [Fact]
    public async Task What_it_last_saw_is_told_and_not_what_nobody_looked_at()
    {
        SensorSenses senses = Senses();
        _ = await senses.ReadAsync(Hub, CancellationToken.None);
        _time.Advance(Period);
        _volts = 0;

        SupplyReading reading = await senses.ReadAsync(Hub, CancellationToken.None);

        (reading.IsPresent, reading.At).Should().Be((true, Period));
    }

    [Fact]
    public async Task A_sensor_that_lost_its_own_supply_is_the_benchs_fault_and_begins_anew_as_another_source()
    {
        SensorSenses senses = Senses();
        SupplyReading before = await senses.ReadAsync(Hub, CancellationToken.None);
        _chip.Restart();
        _time.Advance(Period);
        Func<Task> look = () => senses.ReadAsync(Hub, CancellationToken.None);

        (await look.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("INA-002");
        (await senses.ReadAsync(Hub, CancellationToken.None)).Source.Should().NotBe(before.Source);
    }

    [Fact]
    public async Task One_that_is_unplugged_is_told_and_found_again()
    {
        SensorSenses senses = Senses();
        _chip.IsUnplugged = true;
        Func<Task> look = () => senses.ReadAsync(Hub, CancellationToken.None);

        (await look.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("I2C-003");
        _chip.IsUnplugged = false;
        (await senses.ReadAsync(Hub, CancellationToken.None)).IsPresent.Should().BeTrue();
    }

    [Fact]
    public async Task A_value_that_says_nothing_clear_is_told_with_the_value()
    {
        _volts = 4.5;
        Func<Task> look = () => Senses().ReadAsync(Hub, CancellationToken.None);

        TransportException fault = (await look.Should().ThrowAsync<TransportException>()).Which;
        fault.Code.Should().Be("SENSE-003");
        fault.Message.Should().Contain("4.50 V").And.Contain("'off-at' 3 and 'on-at' 6");
    }

    [Fact]
    public async Task A_bus_that_hangs_keeps_nobody_from_what_was_seen_and_is_asked_once()
    {
        using HangingDevice bus = new(_chip);
        SensorSenses senses = Senses(device: bus);
        SupplyReading before = await senses.ReadAsync(Hub, CancellationToken.None).DefaultTimeout();
        bus.Hang();
        Task look = Task.Run(() => _time.Advance(Period));
        await bus.Asked.DefaultTimeout();

        SupplyReading during = await Task.Run(() => senses.ReadAsync(Hub, CancellationToken.None)).DefaultTimeout();
        _time.Advance(TimeSpan.FromSeconds(1));
        SupplyReading later = await senses.ReadAsync(Hub, CancellationToken.None).DefaultTimeout();
        _time.Advance(2 * Period);
        Func<Task> tooLate = () => senses.ReadAsync(Hub, CancellationToken.None);
        TransportException fault = (await tooLate.Should().ThrowAsync<TransportException>()).Which;
        int asked = bus.HangingQuestions;
        bus.Release();
        await look.DefaultTimeout();
        SupplyReading after = await senses.ReadAsync(Hub, CancellationToken.None).DefaultTimeout();

        (during.At, later.At, asked).Should().Be((before.At, before.At, 1));
        fault.Code.Should().Be("SENSE-004", "what was asked for so long ago says nothing of now");
        fault.Message.Should().Contain("asked for 1.2 s");
        (after.Source, after.At).Should().Be((before.Source, TimeSpan.FromSeconds(1) + (3 * Period)), "one that comes back goes on");
        after.Gaps.Should().ContainSingle().Which.To.Should().Be(after.At);
    }

    [Fact]
    public async Task A_device_is_closed_only_after_the_question_that_hangs_and_nobody_waits_for_that()
    {
        using HangingDevice bus = new(_chip);
        SensorSenses senses = Senses(device: bus);
        await senses.ReadAsync(Hub, CancellationToken.None).DefaultTimeout();
        bus.Hang();
        Task look = Task.Run(() => _time.Advance(Period));
        await bus.Asked.DefaultTimeout();

        await Task.Run(senses.Dispose).DefaultTimeout();
        int closedDuring = bus.Closed;
        bus.Release();
        await look.DefaultTimeout();

        (closedDuring, bus.Closed, _time.ArmedTimers).Should().Be((0, 1, 0));
    }

    [Fact]
    public async Task A_sensor_that_hangs_while_it_is_set_up_can_be_left_and_is_closed_when_it_is_through()
    {
        using HangingDevice bus = new(_chip);
        SensorSenses senses = Senses(device: bus);
        bus.Hang();
        using CancellationTokenSource patience = new();
        Task<SupplyReading> read = senses.ReadAsync(Hub, patience.Token);
        await bus.Asked.DefaultTimeout();

        await patience.CancelAsync();
        Func<Task> waiting = () => read.DefaultTimeout();
        await waiting.Should().ThrowAsync<OperationCanceledException>();
        await Task.Run(senses.Dispose).DefaultTimeout();
        int closedDuring = bus.Closed;
        bus.Release();
        await bus.WhenClosed.DefaultTimeout();

        (closedDuring, bus.Closed, _time.ArmedTimers).Should().Be((0, 1, 0));
    }

    [Fact]
    public async Task One_that_is_not_asked_is_closed_at_once_and_cannot_be_read_any_more()
    {
        using HangingDevice bus = new(_chip);
        SensorSenses senses = Senses(device: bus);
        await senses.ReadAsync(Hub, CancellationToken.None).DefaultTimeout();

        senses.Dispose();

        bus.Closed.Should().Be(1);
        Func<Task> look = () => senses.ReadAsync(Hub, CancellationToken.None);
        await look.Should().ThrowAsync<ObjectDisposedException>("it would be opened again, and never be closed");
    }

    private SensorSenses Senses(
        SensedQuantity reads = SensedQuantity.Voltage, double on = 6, double off = 3, TimeProvider? time = null, II2cDevice? device = null)
    {
        RigSensor sensor = new(PowerMonitorKind.Ina219, "/dev/i2c-1", 0x40, ShuntOhms: 0.1, MaximumAmperes: 1, reads, on, off, Period);
        RigInput input = new(Hub, new RigLine(Gpio: null)) { Sensor = sensor };
        return _senses = new SensorSenses([input], time ?? _time, _ => device ?? _chip);
    }

    /// <summary>A device at a bus that hangs when the test says so.</summary>
    private sealed class HangingDevice(VirtualPowerMonitor chip) : II2cDevice
    {
        private readonly ManualResetEventSlim _free = new(initialState: true);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _hangingQuestions;
        private int _closedTimes;

        public string Name => chip.Name;

        /// <summary>Ends when a question hangs.</summary>
        public Task Asked => _asked.Task;

        /// <summary>Ends when it is closed.</summary>
        public Task WhenClosed => _closed.Task;

        public int HangingQuestions => _hangingQuestions;

        public int Closed => _closedTimes;

        public void Hang() => _free.Reset();

        public void Release() => _free.Set();

        public void Transfer(ReadOnlySpan<byte> written, Span<byte> read)
        {
            if (!_free.IsSet)
            {
                Interlocked.Increment(ref _hangingQuestions);
                _asked.TrySetResult();
                _free.Wait(TimeSpan.FromMinutes(1)).Should().BeTrue("the test lets it go");
            }

            _closedTimes.Should().Be(0, "no device is closed while it is asked");
            chip.Transfer(written, read);
        }

        public void Dispose()
        {
            Interlocked.Increment(ref _closedTimes);
            _free.Set();
            _closed.TrySetResult();
        }
    }

    /// <summary>A clock whose timers fall due as another's, and find it later than they should.</summary>
    private sealed class LateTime(ManualTimeProvider due) : TimeProvider
    {
        public TimeSpan Late { get; set; }

        public override long TimestampFrequency => due.TimestampFrequency;

        public override long GetTimestamp() => due.GetTimestamp() + Late.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            due.CreateTimer(callback, state, dueTime, period);
    }
}
