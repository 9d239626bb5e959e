using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    [Fact]
    public async Task Three_inconclusive_attempts_in_a_row_take_a_rig_out_until_its_health_check_passes()
    {
        await PutRigAsync();
        await AddAsync("c1", 2);
        await AddAsync("c2", 1, RepeatSafety.Unsafe);
        for (int attempt = 0; attempt < LeasePolicy.DefaultInconclusiveInARow; attempt++)
        {
            await ShowAsync(await LeaseAsync(), Verdict.Inconclusive);
            await ReopenAsync();
        }

        Lease? none = await TryLeaseAsync(StoreSamples.Rig);
        BenchQuarantine? open = await FindQuarantineAsync();
        bool hasEnded = await EndQuarantineAsync(isCheck: true);
        Lease next = await LeaseAsync();

        none.Should().BeNull("a rig in quarantine is leased nothing");
        open!.By.Should().Be(BenchQuarantine.Orchestrator);
        open.IsChecked.Should().BeTrue();
        open.Since.Should().Be(StoreSamples.Noon);
        hasEnded.Should().BeTrue();
        (await FindQuarantineAsync()).Should().BeNull();
        next.Execution.Id.Should().Be("c1-2");
        (await GetAsync("c1")).Quarantines.Should().ContainSingle().Which.EndedBy.Should().Be("ann");
    }

    [Fact]
    public async Task After_a_quarantine_the_row_begins_anew_and_the_devices_of_its_cases_are_asked()
    {
        await PutRigAsync();
        await Store.AddCycleAsync(
            StoreSamples.Cycle("c1"), [.. Enumerable.Range(1, 6).Select(ordinal => StoreSamples.On("c1", ordinal, $"esme-0{ordinal}"))],
            CancellationToken.None).DefaultTimeout();
        for (int attempt = 0; attempt < LeasePolicy.DefaultInconclusiveInARow; attempt++)
        {
            await ShowAsync(await LeaseAsync(), Verdict.Inconclusive);
        }

        IReadOnlyList<string> asked = (await FindQuarantineAsync())!.Devices;
        await EndQuarantineAsync(isCheck: false);
        await ShowAsync(await LeaseAsync(), Verdict.Inconclusive);

        asked.Should().Equal("esme-01");
        (await FindQuarantineAsync()).Should().BeNull();
    }

    [Fact]
    public async Task A_quarantine_that_a_person_began_is_not_ended_by_a_check()
    {
        await PutRigAsync();
        await AddAsync("c1", 1);
        BenchQuarantine wanted = new(StoreSamples.Rig, StoreSamples.Noon, "ann", "a new meter");

        bool first = await Store.QuarantineAsync(wanted, CancellationToken.None).DefaultTimeout();
        bool second = await Store.QuarantineAsync(wanted with { By = "bob" }, CancellationToken.None).DefaultTimeout();
        bool byCheck = await EndQuarantineAsync(isCheck: true);
        BenchQuarantine? open = await FindQuarantineAsync();
        bool byPerson = await EndQuarantineAsync(isCheck: false);
        bool again = await EndQuarantineAsync(isCheck: false);

        (first, second, byCheck, byPerson, again).Should().Be((true, false, false, true, false));
        open.Should().BeEquivalentTo(wanted);
        (await LeaseAsync()).Execution.Id.Should().Be("c1-1");
    }

    [Fact]
    public async Task A_rig_in_quarantine_is_lost_to_its_cycles_also_when_it_connects_again()
    {
        await PutRigAsync();
        await AddWithSpareAsync("c1", 1);
        await Store.SeedInventoryAsync(Spare, [SpareEsme], CancellationToken.None).DefaultTimeout();
        await Store.QuarantineAsync(
            new BenchQuarantine(StoreSamples.Rig, StoreSamples.Noon, "ann", "a new meter"), CancellationToken.None).DefaultTimeout();
        await AddWithSpareAsync("c2", 1);

        await Store.ReturnRigAsync(StoreSamples.Rig, CancellationToken.None).DefaultTimeout();
        Lease? taken = await TryLeaseAsync(Spare);
        Lease? later = await TryLeaseAsync(Spare);

        taken!.Execution.Id.Should().Be("c1-1");
        later!.Execution.Id.Should().Be("c2-1", "a cycle that begins meanwhile goes to the spare at once");
    }

    private Task PutRigAsync() => Store.PutRigAsync(
        new RigRecord(StoreSamples.Rig, StoreSamples.Noon, "boot-1", "1.0", "host", [StoreSamples.Baseline]), CancellationToken.None)
        .DefaultTimeout();

    private Task ShowAsync(Lease lease, Verdict verdict) =>
        AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started(), StoreSamples.Finished(verdict, "the port went away")));

    private Task<BenchQuarantine?> FindQuarantineAsync() =>
        Store.FindQuarantineAsync(StoreSamples.Rig, CancellationToken.None).DefaultTimeout();

    private Task<bool> EndQuarantineAsync(bool isCheck) => Store.EndQuarantineAsync(
        StoreSamples.Rig, "ann", "it answers", isCheck, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
}
