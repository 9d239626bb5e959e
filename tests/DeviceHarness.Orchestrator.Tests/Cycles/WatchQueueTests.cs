using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Cycles;

public sealed class WatchQueueTests
{
    [Fact]
    public async Task News_come_in_the_order_in_which_they_were_offered()
    {
        WatchQueue queue = new(limit: 3);

        queue.Offer(new ExecutionNews("a"));
        queue.Offer(new ExecutionNews("b"));

        (await TakeAsync(queue)).Should().Be(new ExecutionNews("a"));
        (await TakeAsync(queue)).Should().Be(new ExecutionNews("b"));
    }

    [Fact]
    public async Task A_full_queue_drops_everything_and_asks_for_a_new_snapshot_once()
    {
        WatchQueue queue = new(limit: 3);

        foreach (int number in Enumerable.Range(1, 1000))
        {
            queue.Offer(new ExecutionNews($"{number}"));
        }

        (await TakeAsync(queue)).Should().BeOfType<ResyncNews>();
        queue.Offer(new ExecutionNews("after"));
        (await TakeAsync(queue)).Should().Be(new ExecutionNews("after"));
    }

    [Fact]
    public async Task A_reader_that_waits_is_woken()
    {
        WatchQueue queue = new(limit: 3);
        Task<CycleNews> waiting = queue.TakeAsync(CancellationToken.None).AsTask();

        waiting.IsCompleted.Should().BeFalse();
        queue.Offer(new EndedNews());

        (await waiting.DefaultTimeout()).Should().BeOfType<EndedNews>();
    }

    private static Task<CycleNews> TakeAsync(WatchQueue queue) => queue.TakeAsync(CancellationToken.None).AsTask().DefaultTimeout();
}
