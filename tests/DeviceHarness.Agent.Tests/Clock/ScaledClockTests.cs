using DeviceHarness.Agent.Clock;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Clock;

public sealed class ScaledClockTests : IDisposable
{
    private const int Scale = 60;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _real = new();
    private readonly SharedClock _atBench;
    private readonly SharedClock _atAgent;
    private readonly ScaledClock _clock;

    public ScaledClockTests()
    {
        _real.Advance(TimeSpan.FromHours(1));
        _atBench = SharedClock.Open(_folder.Path, "test-rig");
        _atAgent = SharedClock.Open(_folder.Path, "test-rig");
        _clock = new ScaledClock(_atAgent, Scale, _real);
    }

    public void Dispose()
    {
        _atBench.Dispose();
        _atAgent.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Without_a_bench_it_is_real_time()
    {
        _real.Advance(TimeSpan.FromMinutes(3));

        _clock.GetUtcNow().Should().Be(_real.GetUtcNow());
    }

    [Fact]
    public void It_runs_with_real_time_until_the_lines_have_been_silent_for_long_enough()
    {
        ClockKeeper keeper = new(_atBench, Scale, _real);
        DateTimeOffset start = _clock.GetUtcNow();

        Pass(keeper, ClockKeeper.Silence - Tick);
        TimeSpan whileHeard = _clock.GetUtcNow() - start;
        Pass(keeper, Tick + TimeSpan.FromSeconds(1));

        whileHeard.Should().Be(ClockKeeper.Silence - Tick);
        (_clock.GetUtcNow() - start).Should().Be(ClockKeeper.Silence + (Scale * TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Octets_on_a_line_bring_it_back_to_real_time_at_once()
    {
        ClockKeeper keeper = Silent();
        keeper.Touch();
        DateTimeOffset touched = _clock.GetUtcNow();

        Pass(keeper, ClockKeeper.Silence - Tick);

        (_clock.GetUtcNow() - touched).Should().Be(ClockKeeper.Silence - Tick);
    }

    [Fact]
    public void A_dialogue_of_the_agent_keeps_it_at_real_time_however_long_nothing_is_said()
    {
        ClockKeeper keeper = Silent();
        IDisposable dialogue = _clock.Hold();
        Pass(keeper, Tick);
        DateTimeOffset held = _clock.GetUtcNow();

        Pass(keeper, TimeSpan.FromSeconds(30));
        TimeSpan inDialogue = _clock.GetUtcNow() - held;
        dialogue.Dispose();
        Pass(keeper, Tick);
        DateTimeOffset over = _clock.GetUtcNow();
        Pass(keeper, TimeSpan.FromSeconds(1));

        inDialogue.Should().Be(TimeSpan.FromSeconds(30));
        (_clock.GetUtcNow() - over).Should().Be(Scale * TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_device_that_has_something_to_tell_is_heard_out_in_real_time()
    {
        bool isTelling = true;
        ClockKeeper keeper = new(_atBench, Scale, _real) { IsTelling = () => isTelling };
        DateTimeOffset start = _clock.GetUtcNow();

        Pass(keeper, TimeSpan.FromSeconds(5));

        (_clock.GetUtcNow() - start).Should().Be(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Both_processes_read_the_same_time()
    {
        ClockKeeper keeper = Silent();
        ScaledClock devices = new(_atBench, Scale, _real);

        Pass(keeper, TimeSpan.FromSeconds(2));

        devices.GetUtcNow().Should().Be(_clock.GetUtcNow());
        devices.GetUtcNow().Should().BeAfter(_real.GetUtcNow() + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_bench_that_nobody_keeps_any_more_goes_on_with_real_time()
    {
        ClockKeeper keeper = Silent();
        keeper.Keep();
        DateTimeOffset last = _clock.GetUtcNow();

        _real.Advance(TimeSpan.FromMinutes(10));

        (_clock.GetUtcNow() - last).Should().Be(
            (Scale * ClockPiece.Reach) + TimeSpan.FromMinutes(10) - ClockPiece.Reach, "a piece reaches so far at its rate");
    }

    [Fact]
    public void The_next_bench_goes_on_where_the_last_one_stopped()
    {
        Pass(Silent(), TimeSpan.FromMinutes(1));
        DateTimeOffset stopped = _clock.GetUtcNow();

        ClockKeeper next = new(_atBench, Scale, _real);
        next.Keep();

        _clock.GetUtcNow().Should().Be(stopped);
    }

    [Fact]
    public async Task A_wait_of_five_minutes_takes_five_seconds_of_silence()
    {
        ClockKeeper keeper = Silent();
        DateTimeOffset start = _clock.GetUtcNow();
        Task wait = Task.Delay(TimeSpan.FromMinutes(5), _clock);

        Pass(keeper, TimeSpan.FromSeconds(5) - Tick);
        bool wasOver = wait.IsCompleted;
        Pass(keeper, 4 * Tick);
        await wait.DefaultTimeout();

        wasOver.Should().BeFalse();
        (_clock.GetUtcNow() - start).Should().BeCloseTo(TimeSpan.FromMinutes(5), 4 * Scale * Tick);
    }

    [Fact]
    public async Task A_wait_does_not_end_early_when_time_slows_down_meanwhile()
    {
        ClockKeeper keeper = Silent();
        Task wait = Task.Delay(TimeSpan.FromMinutes(5), _clock);
        IDisposable dialogue = _clock.Hold();

        Pass(keeper, TimeSpan.FromMinutes(4));
        bool wasOver = wait.IsCompleted;
        dialogue.Dispose();
        Pass(keeper, TimeSpan.FromSeconds(1.1));
        await wait.DefaultTimeout();

        wasOver.Should().BeFalse();
    }

    [Fact]
    public void A_limit_in_real_time_of_dialogues_is_not_reached_early()
    {
        ClockKeeper keeper = Silent();
        using IDisposable dialogue = _clock.Hold();
        Pass(keeper, Tick);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30), _clock);

        Pass(keeper, TimeSpan.FromSeconds(29));
        bool wasReached = limit.IsCancellationRequested;
        Pass(keeper, TimeSpan.FromSeconds(1.1));

        wasReached.Should().BeFalse();
        limit.IsCancellationRequested.Should().BeTrue();
    }

    private ClockKeeper Silent()
    {
        ClockKeeper keeper = new(_atBench, Scale, _real);
        Pass(keeper, ClockKeeper.Silence);
        return keeper;
    }

    private void Pass(ClockKeeper keeper, TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += Tick)
        {
            _real.Advance(Tick);
            keeper.Keep();
        }
    }
}
