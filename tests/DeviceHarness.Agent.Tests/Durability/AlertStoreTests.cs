using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Durability;

/// <summary>Alerts outlast a loss of power until they are let go of, and the disk is never full of those of yesterday.</summary>
public sealed class AlertStoreTests
{
    private const int Seeds = 300;

    // Made, written, flushed.
    private const int ActsOfABeginning = 3;

    [Fact]
    public async Task What_is_kept_and_not_let_go_of_is_there_after_a_loss_of_power()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            DroppingStorage storage = new();
            await KeepFourAsync(storage);

            await using AlertStore after = new(storage.FailPower(new Random(seed)), Refuse);

            after.Recovered.Should().Equal([Alert(2), Alert(4)], $"seed {seed}");
        }
    }

    [Fact]
    public async Task What_is_added_to_a_file_is_there_after_a_loss_of_power()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            DroppingStorage storage = new();
            TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
            storage.BeforeAct = act => _ = act == ActsOfABeginning && begun.TrySetResult();
            await using (AlertStore store = new(storage, Refuse))
            {
                store.Keep(Alert(1));
                await begun.Task.DefaultTimeout();
                store.Keep(Alert(2));
            }

            await using AlertStore after = new(storage.FailPower(new Random(seed)), Refuse);

            after.Recovered.Should().Equal([Alert(1), Alert(2)], $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_disk_that_makes_nothing_durable_is_found_out(bool flushes, bool syncsNames)
    {
        int lost = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            DroppingStorage storage = new() { Flushes = flushes, SyncsNames = syncsNames };
            await KeepFourAsync(storage);
            await using AlertStore after = new(storage.FailPower(new Random(seed)), Refuse);
            lost += after.Recovered.Count < 2 ? 1 : 0;
        }

        lost.Should().BePositive("else these tests could not see a lost flush");
    }

    [Fact]
    public async Task A_loss_of_power_at_any_act_loses_nothing_that_was_on_the_disk_before()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            Random random = new(seed);
            DroppingStorage storage = new();
            await KeepFourAsync(storage);
            DroppingStorage? image = null;
            int failure = random.Next(1, 6);
            int act = 0;
            storage.BeforeAct = _ => image = ++act == failure ? storage.FailPower(random) : image;
            await using (AlertStore next = new(storage, Refuse))
            {
                next.Keep(Alert(5));
            }

            await using AlertStore after = new(image ?? storage.FailPower(random), Refuse);

            after.Recovered.Where(kept => kept.Number < 5).Should().Equal([Alert(2), Alert(4)], $"seed {seed}, act {failure}");
            after.Recovered.Should().OnlyContain(kept => kept == Alert(kept.Number), $"seed {seed}, act {failure}");
        }
    }

    [Fact]
    public async Task The_files_stay_short_however_many_alerts_come_and_go()
    {
        DroppingStorage storage = new();
        int longest = 0;
        storage.BeforeAct = _ => longest = Math.Max(longest, storage.List().Count);
        for (int number = 1; number <= 2 * AlertStore.MaximumChanges; number += 256)
        {
            await using AlertStore store = new(storage, Refuse);
            for (int one = number; one < number + 256; one++)
            {
                store.Keep(Alert(one));
                store.Forget([one]);
            }
        }

        using IJournalFile file = storage.Open(storage.List().Should().ContainSingle().Subject);
        longest.Should().Be(2, "the one before is there until the next is durable");
        file.Length.Should().BeLessThan(AlertStore.MaximumChanges * 512);
    }

    [Fact]
    public async Task More_than_an_agent_holds_is_dropped_from_the_oldest()
    {
        DroppingStorage storage = new();
        for (int number = 1; number <= AlertLog.Capacity + 2; number += AlertStore.MaximumPending / 2)
        {
            await using AlertStore store = new(storage, Refuse);
            for (int one = number; one < number + (AlertStore.MaximumPending / 2) && one <= AlertLog.Capacity + 2; one++)
            {
                store.Keep(Alert(one));
            }
        }

        await using AlertStore after = new(storage, Refuse);

        after.Recovered.Should().HaveCount(AlertLog.Capacity);
        after.Recovered[0].Number.Should().Be(3);
    }

    [Fact]
    public async Task A_full_disk_is_told_of_and_takes_all_once_there_is_room()
    {
        DroppingStorage storage = new() { IsFull = true };
        TaskCompletionSource<Exception?> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (AlertStore store = new(storage, fault => told.TrySetResult(fault)))
        {
            store.Keep(Alert(1));
            (await told.Task.DefaultTimeout()).Should().BeOfType<IOException>();
            storage.IsFull = false;
            store.Keep(Alert(2));
        }

        await using AlertStore after = new(storage.FailPower(new Random(1)), Refuse);

        after.Recovered.Should().Equal(Alert(1), Alert(2));
    }

    [Fact]
    public async Task Whoever_tells_an_alert_waits_for_no_disk()
    {
        using ManualResetEventSlim disk = new();
        DroppingStorage storage = new() { BeforeAct = _ => disk.Wait(TimeSpan.FromMinutes(5)) };
        int refused = 0;
        AlertStore store = new(storage, fault => refused += fault is null ? 1 : 0);

        for (int number = 1; number <= AlertStore.MaximumPending + AlertStore.GroupLines + 1; number++)
        {
            store.Keep(Alert(number));
        }

        disk.Set();
        await store.DisposeAsync().AsTask().DefaultTimeout();
        refused.Should().BePositive("what does not fit is told of");
    }

    [Fact]
    public async Task Alerts_are_files_that_the_next_agent_finds()
    {
        using TemporaryFolder folder = new();
        KeptAlert alert = new(7, Alert(7).Alert with { Xml = "<a/>", Octets = "C200", ClockStatus = "invalid", IsKnown = true });
        await using (AlertStore store = new(new DiskJournalStorage(folder.Path), Refuse))
        {
            store.Keep(alert);
        }

        await File.AppendAllTextAsync(Directory.GetFiles(folder.Path).Single(), "{\"Kept\":{\"Number\":8,");
        await using AlertStore next = new(new DiskJournalStorage(folder.Path), Refuse);

        next.Recovered.Should().Equal(alert);
    }

    /// <summary>Keeps four alerts, lets go of two, and ends.</summary>
    private static async Task KeepFourAsync(DroppingStorage storage)
    {
        await using AlertStore store = new(storage, Refuse);
        for (int number = 1; number <= 4; number++)
        {
            store.Keep(Alert(number));
        }

        store.Forget([1, 3]);
    }

    private static void Refuse(Exception? fault) => fault.Should().Be("a disk that takes everything");

    private static KeptAlert Alert(long number) => new(number, new BenchAlert(
        new DeviceId("esme-01"), "8F35", "something", DateTimeOffset.UnixEpoch.AddSeconds(number)));
}
