using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Tests.Durability;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Contracts.V1;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Journal;

public sealed class JournalFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    private string[] Files => Directory.GetFiles(_folder.Path, "*.journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_attempt_that_an_earlier_process_left_is_closed_inconclusive_exactly_once()
    {
        await using (JournalFolder first = await OpenAsync())
        {
            AttemptJournal left = first.Begin(Events.Key);
            await left.AppendAsync(Events.Started(), CancellationToken.None);
            await left.AppendAsync(Events.Step(1), CancellationToken.None);
        }

        for (int start = 1; start <= 3; start++)
        {
            await using JournalFolder next = await OpenAsync();

            AttemptJournal journal = next.Journals.Should().ContainSingle().Subject;
            journal.IsFinished.Should().BeTrue();
            IReadOnlyList<AttemptEvent> events = journal.Read(0, 10, int.MaxValue);
            events.Select(one => one.BodyCase).Should().Equal(
                [
                    AttemptEvent.BodyOneofCase.AttemptStarted,
                    AttemptEvent.BodyOneofCase.StepStarted,
                    AttemptEvent.BodyOneofCase.AttemptFinished,
                ],
                $"this is start {start}");
            events[2].AttemptFinished.Verdict.Should().Be(Verdict.Inconclusive);
            events[2].Sequence.Should().Be(3);
        }
    }

    [Fact]
    public async Task A_file_without_one_whole_event_is_an_attempt_that_never_began()
    {
        await File.WriteAllBytesAsync(_folder.File("000000000007-001-execution-1.journal"), [1, 2, 3]);

        await using JournalFolder journals = await OpenAsync();

        journals.Journals.Should().BeEmpty();
        Files.Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_goes_only_when_a_finished_attempt_is_acknowledged_whole()
    {
        await using JournalFolder journals = await OpenAsync();
        AttemptJournal journal = journals.Begin(Events.Key);
        await journal.AppendAsync(Events.Started(), CancellationToken.None);
        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();

        await journals.AcknowledgeAsync(Events.Key, 1);
        Files.Should().ContainSingle("the attempt is not finished");

        await journal.AppendAsync(Events.Finished(), CancellationToken.None);
        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
        await journals.AcknowledgeAsync(Events.Key, 1);
        Files.Should().ContainSingle("the last event is not acknowledged");
        journals.Backlog.Should().Be(1);

        Task acknowledged = journals.WaitForAcknowledgementAsync();
        await journals.AcknowledgeAsync(Events.Key, 2);
        await acknowledged.DefaultTimeout();
        Files.Should().BeEmpty();
        journals.Holds(Events.Key).Should().BeFalse();
        journals.Backlog.Should().Be(0);
    }

    [Fact]
    public async Task An_acknowledgement_of_another_lease_of_the_attempt_removes_nothing()
    {
        await using JournalFolder journals = await OpenAsync();
        AttemptJournal journal = journals.Begin(Events.Key);
        await journal.AppendAsync(Events.Finished(), CancellationToken.None);
        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();

        await journals.AcknowledgeAsync(Events.Key with { LeaseNumber = 8 }, 1);

        Files.Should().ContainSingle();
        journals.Backlog.Should().Be(1);
    }

    [Fact]
    public async Task An_acknowledgement_beyond_the_journal_does_not_hide_the_backlog_of_another()
    {
        await using JournalFolder journals = await OpenAsync();
        AttemptJournal ahead = journals.Begin(Events.Key);
        AttemptJournal behind = journals.Begin(Events.Key with { LeaseNumber = 8 });
        foreach (AttemptJournal journal in new[] { ahead, behind })
        {
            await journal.AppendAsync(Events.Started(), CancellationToken.None);
            await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
        }

        await journals.AcknowledgeAsync(Events.Key, 100);

        journals.Backlog.Should().Be(1);
    }

    [Fact]
    public async Task A_flush_of_any_journal_wakes_the_sender()
    {
        await using JournalFolder journals = await OpenAsync();
        AttemptJournal journal = journals.Begin(Events.Key);
        Task woken = journals.WaitForFlushAsync(CancellationToken.None).AsTask();
        woken.IsCompleted.Should().BeFalse();

        await journal.AppendAsync(Events.Finished(), CancellationToken.None);

        await woken.DefaultTimeout();
        journal.FlushedSequence.Should().Be(1);
    }

    [Fact]
    public async Task A_journal_that_a_full_disk_refused_is_opened_again_with_what_the_disk_took()
    {
        DroppingStorage disk = new();
        await using JournalFolder journals = await JournalFolder.OpenAsync(disk, _time, CancellationToken.None).DefaultTimeout();
        AttemptJournal refused = journals.Begin(Events.Key);
        await refused.AppendAsync(Events.Started(), CancellationToken.None);
        await refused.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
        await journals.AcknowledgeAsync(Events.Key, 1);
        disk.IsFull = true;
        await refused.AppendAsync(Events.Step(1), CancellationToken.None);
        Func<Task> flush = () => refused.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
        await flush.Should().ThrowAsync<TransportException>();
        string? full = journals.Probe();

        disk.IsFull = false;
        AttemptJournal anew = await journals.ReopenAsync(Events.Key);
        await anew.AppendAsync(Events.Finished(), CancellationToken.None);
        await anew.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();

        full.Should().Contain("No space left");
        journals.Probe().Should().BeNull();
        anew.AcknowledgedSequence.Should().Be(1);
        anew.Read(0, 10, int.MaxValue).Select(one => one.BodyCase).Should().Equal(
            AttemptEvent.BodyOneofCase.AttemptStarted, AttemptEvent.BodyOneofCase.AttemptFinished);
        journals.Journals.Should().ContainSingle().Which.Should().BeSameAs(anew);
    }

    [Fact]
    public async Task A_journal_of_which_a_full_disk_took_nothing_begins_anew()
    {
        DroppingStorage disk = new();
        await using JournalFolder journals = await JournalFolder.OpenAsync(disk, _time, CancellationToken.None).DefaultTimeout();
        journals.Begin(Events.Key);

        AttemptJournal anew = await journals.ReopenAsync(Events.Key);
        await anew.AppendAsync(Events.Finished(), CancellationToken.None);
        await anew.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();

        anew.Key.Should().Be(Events.Key);
        anew.FlushedSequence.Should().Be(1);
    }

    private Task<JournalFolder> OpenAsync() => JournalFolder.OpenAsync(_folder.Path, _time, CancellationToken.None).DefaultTimeout();
}
