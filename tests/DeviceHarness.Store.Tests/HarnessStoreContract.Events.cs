using System.Security.Cryptography;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Store.Tests;

public abstract partial class HarnessStoreContract
{
    [Fact]
    public async Task Writing_an_event_twice_changes_nothing()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        SequencedEvent[] events = StoreSamples.Sequence(
            lease.Attempt, StoreSamples.Started(), StoreSamples.Step(1), StoreSamples.Evidence("evidence.json", 1, 2, 3),
            StoreSamples.Finished(Verdict.Passed));
        await AppendAsync(events);
        CycleDetail before = await GetAsync("c1");

        IReadOnlyList<AttemptAcknowledgement> again = await AppendAsync([.. events, .. events]);

        again.Should().Equal(new AttemptAcknowledgement(lease.Attempt, 4, AttemptStanding.Counted));
        (await GetAsync("c1")).Should().BeEquivalentTo(before);
        (await Store.CountEventsAsync(CancellationToken.None).DefaultTimeout()).Should().Be(4);
    }

    [Fact]
    public async Task An_event_past_a_gap_is_neither_kept_nor_acknowledged()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        SequencedEvent[] events = StoreSamples.Sequence(
            lease.Attempt, StoreSamples.Started(), StoreSamples.Step(1), StoreSamples.Finished(Verdict.Passed));

        IReadOnlyList<AttemptAcknowledgement> gapped = await AppendAsync(events[0], events[2]);
        Verdict between = (await GetAsync("c1")).Executions[0].Verdict;
        IReadOnlyList<AttemptAcknowledgement> filled = await AppendAsync(events[1], events[2]);

        gapped.Single().HighWater.Should().Be(1);
        between.Should().Be(Verdict.NotRun);
        filled.Single().HighWater.Should().Be(3);
        (await GetAsync("c1")).Executions[0].Verdict.Should().Be(Verdict.Passed);
    }

    [Fact]
    public async Task A_batch_in_any_order_and_of_several_attempts_is_kept_in_order()
    {
        await AddAsync("c1", 2);
        Lease first = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(first.Attempt, StoreSamples.Started()));
        await ExpireAsync(PastTheEnd);
        Lease second = await LeaseAsync(PastTheEnd);
        SequencedEvent[] events = StoreSamples.Sequence(
            second.Attempt, StoreSamples.Started(), StoreSamples.Step(1), StoreSamples.Step(2), StoreSamples.Step(3));

        IReadOnlyList<AttemptAcknowledgement> marks = await AppendAsync(
            events[3], events[1], StoreSamples.SequenceFrom(first.Attempt, 2, StoreSamples.Step(1))[0], events[0], events[2]);

        marks.Select(mark => (mark.Attempt, mark.HighWater)).Should().Equal((second.Attempt, 4), (first.Attempt, 2));
        IReadOnlyList<StoredEvent> kept = await Store.ListEventsAsync(second.Attempt, 2, 2, CancellationToken.None).DefaultTimeout();
        kept.Select(stored => ((StepFinished)stored.Event).Index).Should().Equal(1, 2);
    }

    [Fact]
    public async Task Every_kind_of_event_comes_back_as_it_was_written()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        AttemptEvent[] events =
        [
            StoreSamples.Started(), new StepStarted(1, "read <time>") { Time = StoreSamples.Noon.AddTicks(1) }, StoreSamples.Step(1),
            new StepFinished(2, "wait", Verdict.Failed, "late", "", "", "", TimeSpan.Zero, Latency: null) { Time = StoreSamples.Noon },
            new InventoryChanged("90-B3-D5-1F-30-00-00-A0", "firmware", "4.3.0") { Time = StoreSamples.Noon },
            new AlertReceived("esme-01", "8F35", "power restored")
            {
                Time = StoreSamples.Noon,
                OccurredAt = StoreSamples.Noon.AddSeconds(-1),
                IsDuplicate = true,
                IsEarlier = true,
            },
            new AlertReceived("esme-01", string.Empty, "octets that hold no code") { Time = StoreSamples.Noon },
            StoreSamples.Finished(Verdict.Failed, "late"),
        ];

        await AppendAsync(StoreSamples.Sequence(lease.Attempt, events));

        IReadOnlyList<StoredEvent> kept = await Store.ListEventsAsync(lease.Attempt, 1, 100, CancellationToken.None).DefaultTimeout();
        kept.Select(stored => stored.Event).Should().Equal(events);
    }

    [Fact]
    public async Task A_cycle_comes_back_with_attempts_steps_latencies_and_evidence()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        await AppendAsync(StoreSamples.Sequence(
            lease.Attempt, StoreSamples.Started(), StoreSamples.Step(1), StoreSamples.Evidence("evidence.json", 1, 2, 3),
            StoreSamples.Finished(Verdict.Passed)));

        CycleDetail cycle = await GetAsync("c1");

        cycle.Cycle.Should().BeEquivalentTo(StoreSamples.Cycle("c1") with { State = CycleState.Complete, Ended = StoreSamples.Noon });
        Attempt attempt = cycle.Executions.Single().Attempts.Single();
        attempt.Should().BeEquivalentTo(new Attempt
        {
            Key = lease.Attempt,
            Rig = StoreSamples.Rig,
            State = AttemptState.Finished,
            Verdict = Verdict.Passed,
            Started = StoreSamples.Noon,
            Elapsed = TimeSpan.FromMilliseconds(1500),
            OctetsToDevice = 120,
            OctetsFromDevice = 340,
            Provenance = StoreSamples.Virtual,
            Steps =
            [
                new Step(1, "read time", Verdict.Passed, "", "4.1.1", "esme-01", "I99", "I0", TimeSpan.FromTicks(99), StoreSamples.Latency),
            ],
            Evidence = [new EvidenceReference("evidence.json", "application/json", HashOf(1, 2, 3), 3)],
        });
    }

    [Fact]
    public async Task Evidence_is_stored_once_by_its_content()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();

        await AppendAsync(StoreSamples.Sequence(
            lease.Attempt, StoreSamples.Evidence("one", 7, 8), StoreSamples.Evidence("two", 7, 8), StoreSamples.Evidence("none")));

        IReadOnlyList<EvidenceReference> evidence = (await GetAsync("c1")).Executions[0].Attempts[0].Evidence;
        evidence.Select(reference => (reference.Name, reference.Sha256)).Should().Equal(
            ("one", HashOf(7, 8)), ("two", HashOf(7, 8)), ("none", HashOf()));
        EvidenceBlob? blob = await Store.GetEvidenceAsync(HashOf(7, 8), CancellationToken.None).DefaultTimeout();
        blob!.Content.ToArray().ShouldBeHex("07 08");
        (await Store.GetEvidenceAsync(HashOf(9), CancellationToken.None).DefaultTimeout()).Should().BeNull();
    }

    [Fact]
    public async Task Evidence_beyond_the_limit_and_sequence_zero_are_refused_whole()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        SequencedEvent[] tooLarge = StoreSamples.Sequence(
            lease.Attempt, StoreSamples.Started(), StoreSamples.Evidence("large", new byte[EvidenceRecorded.MaximumOctets + 1]));

        Func<Task> large = () => AppendAsync(tooLarge);
        Func<Task> zero = () => AppendAsync(StoreSamples.SequenceFrom(lease.Attempt, 0, StoreSamples.Started()));

        await large.Should().ThrowAsync<ArgumentException>();
        await zero.Should().ThrowAsync<ArgumentOutOfRangeException>();
        (await Store.CountEventsAsync(CancellationToken.None).DefaultTimeout()).Should().Be(0);
    }

    [Fact]
    public async Task Evidence_of_the_largest_size_is_kept()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        byte[] content = new byte[EvidenceRecorded.MaximumOctets];
        content[^1] = 1;

        await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Evidence("large", content)));

        EvidenceBlob? blob = await Store.GetEvidenceAsync(HashOf(content), CancellationToken.None).DefaultTimeout();
        blob!.Content.Span.SequenceEqual(content).Should().BeTrue();
    }

    [Fact]
    public async Task A_scaled_attempt_stores_no_latency()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();

        await AppendAsync(StoreSamples.Sequence(lease.Attempt, StoreSamples.Started(Origin.Scaled), StoreSamples.Step(1)));

        (await GetAsync("c1")).Executions[0].Attempts[0].Steps.Single().Latency.Should().BeNull();
    }

    [Fact]
    public async Task Inventory_changes_move_the_row_once_and_nonsense_moves_nothing()
    {
        await AddAsync("c1", 1);
        await Store.SeedInventoryAsync(StoreSamples.Rig, [StoreSamples.Esme], CancellationToken.None).DefaultTimeout();
        Lease lease = await LeaseAsync();
        string esme = StoreSamples.Esme.DeviceId.ToString();

        await AppendAsync(StoreSamples.Sequence(lease.Attempt, Changed(esme, "status", "Suspended"), Changed(esme, "firmware", "4.3.0")));
        IReadOnlyList<AttemptAcknowledgement> nonsense = await AppendAsync(StoreSamples.SequenceFrom(
            lease.Attempt, 3, Changed("no EUI-64", "status", "Pending"), Changed(esme, "colour", "red"), Changed(esme, "status", "77")));

        InventoryDevice? row =
            await Store.FindInventoryAsync(StoreSamples.Rig, StoreSamples.Esme.DeviceId, CancellationToken.None).DefaultTimeout();
        row.Should().Be(StoreSamples.Esme with { Status = DeviceStatus.Suspended, FirmwareVersion = "4.3.0" });
        nonsense.Single().HighWater.Should().Be(5, "a strange event is kept, so that it cannot block those behind it");

        static InventoryChanged Changed(string device, string field, string value) =>
            new(device, field, value) { Time = StoreSamples.Noon };
    }

    [Fact]
    public async Task Ten_thousand_events_are_counted_to_the_last()
    {
        await AddAsync("c1", 1);
        Lease lease = await LeaseAsync();
        SequencedEvent[] events = StoreSamples.Sequence(
            lease.Attempt, [StoreSamples.Started(), .. Enumerable.Range(1, 9_999).Select(StoreSamples.Step)]);

        IReadOnlyList<AttemptAcknowledgement>[] marks = await Task.WhenAll(events.Chunk(50).Select(
            batch => Store.AppendEventsAsync(batch, StoreSamples.Noon, CancellationToken.None))).DefaultTimeout();

        marks.Max(batch => batch.Single().HighWater).Should().Be(10_000);
        (await Store.CountEventsAsync(CancellationToken.None).DefaultTimeout()).Should().Be(10_000);
        (await GetAsync("c1")).Executions[0].Attempts[0].Steps.Select(step => step.Index).Should().Equal(Enumerable.Range(1, 9_999));
    }

    private static string HashOf(params byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
