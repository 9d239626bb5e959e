using DeviceHarness.Agent.SelfTest;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.SelfTest;

[Collection(AloneCollection.Name)]
[Trait(AloneCollection.Process, AloneCollection.Name)]
public sealed class QuietClockTests : IDisposable
{
    private readonly QuietClock _clock = new();

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task Of_several_that_wait_each_goes_on_at_its_own_moment()
    {
        TimeSpan[] woken = await Task.Run(() =>
        {
            _clock.Enter();
            Task<TimeSpan>[] waits = [.. new[] { 8, 2, 5 }.Select(hours => WaitAsync(TimeSpan.FromHours(hours)))];
            _clock.Start();
            return Task.WhenAll(waits);
        }).DefaultTimeout();

        woken.Should().Equal(TimeSpan.FromHours(8), TimeSpan.FromHours(2), TimeSpan.FromHours(5));
        _clock.GetUtcNow().Should().Be(SteppedClock.Beginning.AddHours(8));
    }

    [Fact]
    public async Task Nothing_is_waited_for_while_somebody_works()
    {
        _clock.Enter();
        using ManualResetEventSlim goOn = new();
        TaskCompletionSource<TimeSpan> worked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<TimeSpan> wait = WaitAsync(TimeSpan.FromHours(1));
        ThreadPool.QueueUserWorkItem(_ =>
        {
            _clock.Start();
            for (int look = 0; look < 1000; look++)
            {
                goOn.Wait(TimeSpan.FromMicroseconds(50));
            }

            worked.SetResult(_clock.Elapsed);
        });

        (await worked.Task.DefaultTimeout()).Should().Be(TimeSpan.Zero);
        (await wait.DefaultTimeout()).Should().Be(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task What_others_do_meanwhile_on_the_same_threads_is_not_waited_for()
    {
        using ManualResetEventSlim end = new();
        Task others = Task.Run(() => end.Wait());
        _clock.Enter();
        Task<TimeSpan> wait = WaitAsync(TimeSpan.FromHours(1));
        _clock.Start();

        (await wait.DefaultTimeout()).Should().Be(TimeSpan.FromHours(1));
        others.IsCompleted.Should().BeFalse();
        end.Set();
        await others.DefaultTimeout();
    }

    [Fact]
    public async Task Work_that_has_only_begun_is_not_taken_for_what_others_did_beside_a_clock_before()
    {
        await What_others_do_meanwhile_on_the_same_threads_is_not_waited_for();
        _clock.Dispose();
        using QuietClock next = new();
        Task wait = Task.Delay(TimeSpan.FromHours(1), next);
        using ManualResetEventSlim goOn = new();
        TaskCompletionSource<TimeSpan> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                next.Start();
                for (int look = 0; look < 5; look++)
                {
                    goOn.Wait(TimeSpan.FromMilliseconds(1));
                }

                next.Enter();
                begun.SetResult(next.Elapsed);
            },
            null);

        (await begun.Task.DefaultTimeout()).Should().Be(TimeSpan.Zero);
        await wait.DefaultTimeout();
    }

    [Fact]
    public async Task Of_two_benches_each_waits_for_its_own_work_alone()
    {
        using QuietClock other = new();
        using ManualResetEventSlim end = new();
        Task<TimeSpan> busy = Task.Run(() =>
        {
            _clock.Enter();
            _clock.Start();
            _ = WaitAsync(TimeSpan.FromHours(1));
            end.Wait();
            return _clock.Elapsed;
        });
        Task<TimeSpan> wait = Task.Run(async () =>
        {
            other.Enter();
            other.Start();
            await Task.Delay(TimeSpan.FromHours(2), other);
            return other.Elapsed;
        });

        (await wait.DefaultTimeout()).Should().Be(TimeSpan.FromHours(2));
        end.Set();
        (await busy.DefaultTimeout()).Should().Be(TimeSpan.Zero);
    }

    private async Task<TimeSpan> WaitAsync(TimeSpan time)
    {
        await Task.Delay(time, _clock).ConfigureAwait(false);
        return _clock.Elapsed;
    }
}
