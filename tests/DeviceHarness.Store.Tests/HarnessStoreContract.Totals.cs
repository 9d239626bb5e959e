using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    private const int WritesOfASequence = 320;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, TestSize.Of(suite: 1, large: 3))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_listed_totals_equal_a_recount_after_every_write(int seed)
    {
        StoreWriteSequence writes = new(seed);

        for (int index = 0; index < WritesOfASequence; index++)
        {
            string write = await writes.WriteOneAsync(Store);
            await TotalsEqualARecountAsync($"write {index} of seed {seed} was: {write}");
        }

        await ReopenAsync();
        await TotalsEqualARecountAsync("nothing is written by opening");
        StoreWriteSequence.Kinds.Except(writes.Effective).Should().BeEmpty("else a kind of write was not tried");
    }

    [Fact]
    public async Task The_totals_forget_an_attempt_as_soon_as_a_newer_one_starts()
    {
        await AddAsync("c1", 2);
        await LeaseAsync();
        await ExpireAsync(PastTheEnd);
        PassRate lost = (await ListOneAsync()).Rate;
        Lease next = await LeaseAsync(PastTheEnd);

        await AppendAsync(StoreSamples.Sequence(next.Attempt, StoreSamples.Started()));

        (lost.Inconclusive, lost.NotRun).Should().Be((1, 1));
        PassRate started = (await ListOneAsync()).Rate;
        (started.Inconclusive, started.NotRun).Should().Be((0, 2), "the lost attempt is superseded and the newer one has no result");
    }

    [Fact]
    public async Task The_totals_take_a_late_result_of_a_lost_lease_and_none_of_a_superseded_one()
    {
        await AddAsync("c1", 1);
        Lease first = await LeaseAsync();
        await ExpireAsync(PastTheEnd);
        Lease second = await LeaseAsync(PastTheEnd);
        await AppendAsync(StoreSamples.Sequence(second.Attempt, StoreSamples.Started()));
        await ExpireAsync(PastTheEnd + PastTheEnd);

        await AppendAsync(StoreSamples.Sequence(first.Attempt, StoreSamples.Started(), StoreSamples.Finished(Verdict.Failed, "late")));
        PassRate superseded = (await ListOneAsync()).Rate;
        await AppendAsync(StoreSamples.SequenceFrom(second.Attempt, 2, StoreSamples.Finished(Verdict.Passed)));
        PassRate late = (await ListOneAsync()).Rate;

        (superseded.Failed, superseded.Inconclusive).Should().Be((0, 1));
        (late.Passed, late.Inconclusive).Should().Be((1, 0));
    }

    [Fact]
    public async Task A_refused_cycle_leaves_no_totals_and_an_empty_one_has_them()
    {
        await AddAsync("c1", 3);
        Func<Task> again = () => AddAsync("c1", 7);

        await again.Should().ThrowAsync<StoreException>();
        await AddAsync("c2", 0);

        IReadOnlyList<CycleSummary> cycles = await Store.ListCyclesAsync(10, CancellationToken.None).DefaultTimeout();
        cycles.Select(cycle => (cycle.Cycle.Id, cycle.Rate.NotRun)).Should().Equal(("c2", 0), ("c1", 3));
    }

    /// <summary>Compares the totals of every listed cycle with its attempts, judged by the rules.</summary>
    protected async Task TotalsEqualARecountAsync(string because)
    {
        IReadOnlyList<CycleSummary> cycles = await Store.ListCyclesAsync(100, CancellationToken.None).DefaultTimeout();
        foreach (CycleSummary summary in cycles)
        {
            CycleDetail detail = await GetAsync(summary.Cycle.Id);
            summary.Rate.Should().Be(PassRate.Of(detail.Executions), "{0} (cycle {1})", because, summary.Cycle.Id);
            summary.Cycle.State.Should().Be(detail.Cycle.State, "{0} (cycle {1})", because, summary.Cycle.Id);
        }
    }

    private async Task<CycleSummary> ListOneAsync() =>
        (await Store.ListCyclesAsync(10, CancellationToken.None).DefaultTimeout()).Single();
}
