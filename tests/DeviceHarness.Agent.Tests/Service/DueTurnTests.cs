using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Service;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Agent.Tests.Undo;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Service;

/// <summary>What the Data Service Provider holds for a later time goes out then, whether or not anybody asks.</summary>
public sealed class DueTurnTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(60 * 24 * 3, 1)]
    public async Task A_turn_comes_with_the_time_and_once(int minutes, int turns)
    {
        await RunAsync([TimeSpan.FromMinutes(10)], TimeSpan.FromMinutes(minutes), turns);
    }

    [Fact]
    public async Task The_next_turn_follows_the_one_before_it_also_when_it_is_weeks_away() =>
        await RunAsync([TimeSpan.FromMinutes(10), TimeSpan.FromDays(60)], TimeSpan.FromDays(61), 2);

    [Fact]
    public async Task After_its_end_no_turn_comes()
    {
        int turns = 0;
        DueTurn turn = new(_time, () => _time.GetUtcNow().AddMinutes(1), _ => Task.FromResult(++turns));
        turn.Arm();
        await turn.DisposeAsync();

        turn.Arm();
        _time.Advance(TimeSpan.FromHours(1));

        (turns, _time.ArmedTimers).Should().Be((0, 0));
    }

    [Fact]
    public async Task A_request_for_a_later_time_reaches_its_meter_then_though_nobody_asks_the_service()
    {
        using BenchFolder folder = new();
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = folder.OpenBench(_time);
        string request = Requests.Of(new ReadInstantaneousImportRegisters(_time.GetUtcNow().AddMinutes(10)), 1000);
        ServiceExchange held = await bench.ByHand.SendAsync(request, CancellationToken.None).DefaultTimeout();
        RequestId id = DuisRequestReader.Read(request).Message.Id;

        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        long early = bench.Wire.Position;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await UntilAsync(() => bench.Wire.Position > 0).DefaultTimeout();
        ServiceExchange? answer = await bench.ByHand.AnswerToAsync(id, TimeSpan.Zero, CancellationToken.None).DefaultTimeout();

        held.Response.Should().BeNull();
        early.Should().Be(0);
        answer!.Outcome!.Kind.Should().Be(DeviceOutcomeKind.Done, answer.Outcome.Detail);
        answer.Response!.ResponseCode.Should().Be("I0");
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Yield();
        }
    }

    private async Task RunAsync(TimeSpan[] after, TimeSpan passes, int turns)
    {
        DateTimeOffset began = _time.GetUtcNow();
        Queue<DateTimeOffset> due = new(after.Select(wait => began + wait));
        int taken = 0;
        await using DueTurn turn = new(
            _time,
            () => due.TryPeek(out DateTimeOffset next) ? next : null,
            _ =>
            {
                while (due.TryPeek(out DateTimeOffset next) && next <= _time.GetUtcNow())
                {
                    due.Dequeue();
                    Interlocked.Increment(ref taken);
                }

                return Task.CompletedTask;
            });
        turn.Arm();

        TimeSpan step = TimeSpan.FromHours(6);
        for (TimeSpan left = passes; left > TimeSpan.Zero; left -= step)
        {
            _time.Advance(left < step ? left : step);
            await turn.Settled.DefaultTimeout();
        }

        taken.Should().Be(turns);
    }
}
