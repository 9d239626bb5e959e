using DeviceHarness.Agent.SelfTest;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.SelfTest;

[Collection(AloneCollection.Name)]
public sealed class QuietClockTests : IDisposable
{
    private readonly QuietClock _clock = new();

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task Of_several_that_wait_each_goes_on_at_its_own_moment()
    {
        Task<TimeSpan>[] waits = [.. new[] { 8, 2, 5 }.Select(hours => WaitAsync(TimeSpan.FromHours(hours)))];
        _clock.Start();

        TimeSpan[] woken = await Task.WhenAll(waits).DefaultTimeout();

        woken.Should().Equal(TimeSpan.FromHours(8), TimeSpan.FromHours(2), TimeSpan.FromHours(5));
        _clock.GetUtcNow().Should().Be(SteppedClock.Beginning.AddHours(8));
    }

    [Fact]
    public async Task Nothing_is_waited_for_while_somebody_works()
    {
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

    private async Task<TimeSpan> WaitAsync(TimeSpan time)
    {
        // On the pool, as all of a bench: what goes on elsewhere the clock does not see.
        await Task.Delay(time, _clock).ConfigureAwait(false);
        return _clock.Elapsed;
    }
}
