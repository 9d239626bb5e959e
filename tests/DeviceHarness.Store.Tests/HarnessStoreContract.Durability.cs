using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    [Fact]
    public async Task A_reopened_store_holds_everything_that_was_acknowledged()
    {
        await AddAsync("c1", 2);
        Lease lease = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(
            lease.Attempt, StoreSamples.Started(), StoreSamples.Step(1), StoreSamples.Evidence("evidence.json", 1, 2, 3)));
        CycleDetail before = await GetAsync("c1");

        await ReopenAsync();

        (await GetAsync("c1")).Should().BeEquivalentTo(before);
        IReadOnlyList<LiveLease> live = await Store.ListLiveLeasesAsync(CancellationToken.None).DefaultTimeout();
        live.Should().Equal(new LiveLease(lease.Attempt, StoreSamples.Rig, "CASE-01", lease.Ends));
        IReadOnlyList<AttemptAcknowledgement> marks = await AppendAsync(StoreSamples.SequenceFrom(
            lease.Attempt, 4, StoreSamples.Finished(Verdict.Passed)));
        marks.Single().HighWater.Should().Be(4);
    }

    [Fact]
    public async Task Two_readers_beside_a_writer_see_whole_commits_only()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started()));
        using CancellationTokenSource written = new();

        Task<int> firstReader = ReadUntilAsync(written.Token);
        Task<int> secondReader = ReadUntilAsync(written.Token);
        for (int batch = 0; batch < 100; batch++)
        {
            await AppendAsync(StoreSamples.SequenceFrom(
                lease.Attempt, 2 + (batch * 4), StoreSamples.Step(1), StoreSamples.Step(2), StoreSamples.Step(3), StoreSamples.Step(4)));
        }

        await written.CancelAsync();

        (await firstReader.DefaultTimeout()).Should().BeGreaterThan(0);
        (await secondReader.DefaultTimeout()).Should().BeGreaterThan(0);
        (await GetAsync("c1")).Executions[0].Attempts[0].Steps.Should().HaveCount(400);
    }

    [Fact]
    public async Task A_disposed_store_refuses_work_and_may_be_disposed_again()
    {
        IHarnessStore store = Store;
        await store.DisposeAsync();

        Func<Task> write = () => store.AddCycleAsync(StoreSamples.Cycle("c1"), [], CancellationToken.None).DefaultTimeout();
        Func<Task> read = () => store.CountEventsAsync(CancellationToken.None).DefaultTimeout();
        await store.DisposeAsync();

        await write.Should().ThrowAsync<ObjectDisposedException>();
        await read.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_write_that_was_cancelled_before_it_began_is_not_made()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        Func<Task> write = () => Store.AddCycleAsync(StoreSamples.Cycle("c1"), [], cancelled.Token).DefaultTimeout();

        await write.Should().ThrowAsync<OperationCanceledException>();
        (await Store.GetCycleAsync("c1", CancellationToken.None).DefaultTimeout()).Should().BeNull();
    }

    // A batch has four steps: a reader that sees another number has seen half a commit.
    private async Task<int> ReadUntilAsync(CancellationToken written)
    {
        int reads = 0;
        do
        {
            CycleDetail cycle = await GetAsync("c1");
            (cycle.Executions[0].Attempts[0].Steps.Count % 4).Should().Be(0);
            reads++;
        }
        while (!written.IsCancellationRequested);

        return reads;
    }

    [Fact]
    public async Task A_store_that_is_tried_takes_a_write_and_changes_nothing()
    {
        long before = await Store.CountEventsAsync(CancellationToken.None);

        await Store.ProbeAsync(CancellationToken.None);

        (await Store.CountEventsAsync(CancellationToken.None)).Should().Be(before);
    }
}
