using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Contracts.V1;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Journal;

public sealed class AttemptJournalTests : IDisposable
{
    private const string FileName = "one.journal";

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    private DiskJournalStorage Storage => new(_folder.Path);

    private string Path => _folder.File(FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Events_keep_their_order_and_are_numbered_from_one_without_gaps()
    {
        await using AttemptJournal journal = Create();
        for (int index = 1; index <= 200; index++)
        {
            await journal.AppendAsync(Events.Step(index), CancellationToken.None);
        }

        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();

        IReadOnlyList<AttemptEvent> events = journal.Read(0, 1000, int.MaxValue);
        events.Select(one => one.Sequence).Should().Equal(Enumerable.Range(1, 200).Select(index => (long)index));
        events.Select(one => one.StepStarted.Index).Should().Equal(Enumerable.Range(1, 200));
        events.Should().OnlyContain(one => one.ExecutionId == Events.Key.ExecutionId && one.Attempt == 1 && one.LeaseNumber == 7);
    }

    [Fact]
    public async Task Events_of_several_writers_are_numbered_without_gaps()
    {
        await using AttemptJournal journal = Create();

        await Task.WhenAll(Enumerable.Range(1, 4).Select(writer => Task.Run(async () =>
        {
            for (int index = 0; index < 250; index++)
            {
                await journal.AppendAsync(Events.Step((writer * 1000) + index), CancellationToken.None);
            }
        }))).DefaultTimeout();
        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();

        IReadOnlyList<AttemptEvent> events = journal.Read(0, 2000, int.MaxValue);
        events.Select(one => one.Sequence).Should().Equal(Enumerable.Range(1, 1000).Select(index => (long)index));
        foreach (IGrouping<int, int> writer in events.Select(one => one.StepStarted.Index).GroupBy(index => index / 1000))
        {
            writer.Should().BeInAscendingOrder().And.HaveCount(250);
        }
    }

    [Fact]
    public async Task As_many_events_as_a_group_holds_are_flushed_once_without_any_time()
    {
        SemaphoreSlim flushed = new(0);
        await using AttemptJournal journal = Create(() => flushed.Release());

        for (int index = 1; index <= AttemptJournal.GroupEvents; index++)
        {
            await journal.AppendAsync(Events.Step(index), CancellationToken.None);
        }

        await flushed.WaitAsync().DefaultTimeout();
        journal.Flushes.Should().Be(1);
        journal.FlushedSequence.Should().Be(AttemptJournal.GroupEvents);
    }

    [Fact]
    public async Task A_smaller_group_waits_for_the_group_time_and_cannot_be_read_before()
    {
        SemaphoreSlim flushed = new(0);
        await using AttemptJournal journal = Create(() => flushed.Release());
        for (int index = 1; index < AttemptJournal.GroupEvents; index++)
        {
            await journal.AppendAsync(Events.Step(index), CancellationToken.None);
        }

        await Eventually.HoldsAsync(() => _time.ArmedTimers == 1);
        journal.FlushedSequence.Should().Be(0);
        journal.Read(0, 100, int.MaxValue).Should().BeEmpty();
        _time.Advance(AttemptJournal.GroupTime);

        await flushed.WaitAsync().DefaultTimeout();
        journal.Flushes.Should().Be(1);
        journal.Read(0, 100, int.MaxValue).Should().HaveCount(AttemptJournal.GroupEvents - 1);
    }

    [Fact]
    public async Task A_flush_that_is_asked_for_waits_for_no_time()
    {
        await using AttemptJournal journal = Create();
        await journal.AppendAsync(Events.Started(), CancellationToken.None);
        await journal.AppendAsync(Events.Step(1), CancellationToken.None);

        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();

        journal.FlushedSequence.Should().Be(2);
        journal.Flushes.Should().Be(1);
    }

    [Fact]
    public async Task A_flush_of_nothing_does_not_touch_the_disk()
    {
        await using AttemptJournal journal = Create();

        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();

        journal.Flushes.Should().Be(0);
    }

    [Fact]
    public async Task The_end_of_an_attempt_is_flushed_without_any_time()
    {
        SemaphoreSlim flushed = new(0);
        await using AttemptJournal journal = Create(() => flushed.Release());

        await journal.AppendAsync(Events.Finished(), CancellationToken.None);

        await flushed.WaitAsync().DefaultTimeout();
        journal.IsFinished.Should().BeTrue();
    }

    [Fact]
    public async Task Pending_events_are_bounded_and_an_append_that_is_cancelled_while_it_waits_leaves_no_gap()
    {
        using ManualResetEventSlim disk = new();
        using SemaphoreSlim reached = new(0);
        await using AttemptJournal journal = Create(() =>
        {
            reached.Release();
            disk.Wait();
        });
        await journal.AppendAsync(Events.Step(0), CancellationToken.None);
        Task first = journal.FlushAsync(CancellationToken.None).AsTask();
        await reached.WaitAsync().DefaultTimeout();

        List<Task> appends = [.. Enumerable.Range(1, AttemptJournal.MaximumPendingEvents).Select(index =>
            journal.AppendAsync(Events.Step(index), CancellationToken.None).AsTask())];
        using CancellationTokenSource cancellation = new();
        Task cancelled = journal.AppendAsync(Events.Step(-1), cancellation.Token).AsTask();
        Task waiting = journal.AppendAsync(Events.Step(AttemptJournal.MaximumPendingEvents + 1), CancellationToken.None).AsTask();
        appends.Should().OnlyContain(append => append.IsCompletedSuccessfully);
        cancelled.IsCompleted.Should().BeFalse("the queue is full");
        waiting.IsCompleted.Should().BeFalse("the queue is full");
        await cancellation.CancelAsync();
        disk.Set();

        await cancelled.Invoking(task => task.DefaultTimeout()).Should().ThrowAsync<OperationCanceledException>();
        await Task.WhenAll(first, waiting).DefaultTimeout();
        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
        IReadOnlyList<AttemptEvent> events = journal.Read(0, int.MaxValue, int.MaxValue);
        events.Select(one => one.Sequence).Should().Equal(Enumerable.Range(1, events.Count).Select(index => (long)index));
        events.Select(one => one.StepStarted.Index).Should().Equal(Enumerable.Range(0, AttemptJournal.MaximumPendingEvents + 2));
    }

    [Theory]
    [InlineData(0, 2, int.MaxValue, new long[] { 1, 2 })]
    [InlineData(3, 100, int.MaxValue, new long[] { 4, 5 })]
    [InlineData(5, 100, int.MaxValue, new long[] { })]
    [InlineData(0, 100, 1, new long[] { 1 })]
    [InlineData(0, 100, 2500, new long[] { 1, 2 })]
    public async Task A_read_starts_after_a_sequence_and_keeps_to_its_limits(long after, int events, int octets, long[] expected)
    {
        await using AttemptJournal journal = Create();
        for (int index = 0; index < 5; index++)
        {
            await journal.AppendAsync(Events.Evidence(1000), CancellationToken.None);
        }

        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();

        journal.Read(after, events, octets).Select(one => one.Sequence).Should().Equal(expected);
    }

    [Fact]
    public async Task A_tail_torn_at_any_octet_is_cut_off_and_the_journal_goes_on()
    {
        (byte[] content, int[] ends) = await WriteAsync(events: 4);

        for (int length = ends[2]; length < ends[3]; length++)
        {
            await File.WriteAllBytesAsync(Path, content[..length]);

            await using AttemptJournal journal = AttemptJournal.Recover(Storage, FileName, _time, () => { })!;

            journal.FlushedSequence.Should().Be(3, $"the file ends at octet {length}");
            new FileInfo(Path).Length.Should().Be(ends[2]);
            await journal.AppendAsync(Events.Finished(), CancellationToken.None);
            await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
            journal.Read(2, 10, int.MaxValue).Select(one => one.Sequence).Should().Equal(3, 4);
        }
    }

    [Fact]
    public async Task A_tail_of_zeros_that_the_disk_left_behind_is_cut_off()
    {
        (byte[] content, int[] ends) = await WriteAsync(events: 3);
        await File.WriteAllBytesAsync(Path, [.. content[..ends[1]], .. new byte[1000]]);

        await using AttemptJournal journal = AttemptJournal.Recover(Storage, FileName, _time, () => { })!;

        journal.FlushedSequence.Should().Be(2);
        journal.Key.Should().Be(Events.Key);
        new FileInfo(Path).Length.Should().Be(ends[1]);
    }

    [Fact]
    public async Task A_bit_flipped_in_any_octet_of_a_record_ends_the_journal_in_front_of_it()
    {
        (byte[] content, int[] ends) = await WriteAsync(events: 4);

        for (int offset = ends[1]; offset < ends[2]; offset++)
        {
            byte[] damaged = [.. content];
            damaged[offset] ^= (byte)(1 << (offset % 8));
            await File.WriteAllBytesAsync(Path, damaged);

            await using AttemptJournal journal = AttemptJournal.Recover(Storage, FileName, _time, () => { })!;

            journal.FlushedSequence.Should().Be(2, $"a bit of octet {offset} was flipped");
            journal.IsFinished.Should().BeFalse();
        }
    }

    [Fact]
    public async Task A_whole_journal_comes_back_as_it_was_written()
    {
        await WriteAsync(events: 4);

        await using AttemptJournal journal = AttemptJournal.Recover(Storage, FileName, _time, () => { })!;

        journal.Key.Should().Be(Events.Key);
        journal.FlushedSequence.Should().Be(4);
        journal.IsFinished.Should().BeTrue();
    }

    [Fact]
    public async Task A_full_disk_is_told_to_whoever_flushes_and_to_whoever_appends_after_it()
    {
        FileStream full = new("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        await using AttemptJournal journal = AttemptJournal.On(Events.Key, new DiskJournalFile(full), _time, () => { });
        await journal.AppendAsync(Events.Started(), CancellationToken.None);

        Func<Task> flush = () => journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
        Func<Task> append = () => journal.AppendAsync(Events.Finished(), CancellationToken.None).AsTask().DefaultTimeout();

        (await flush.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("JRN-001");
        TransportException fault = (await append.Should().ThrowAsync<TransportException>()).Which;
        fault.Code.Should().Be("JRN-001");
        fault.Message.Should().Contain("No space left").And.Contain("free disk space");
        (await flush.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("JRN-001");
        journal.FlushedSequence.Should().Be(0);
        journal.IsFinished.Should().BeFalse();
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_a_fault_of_the_journal()
    {
        Action create = () => AttemptJournal.Create(
            Events.Key, new DiskJournalStorage(_folder.File("missing")), FileName, _time, () => { });

        create.Should().Throw<TransportException>().Which.Code.Should().Be("JRN-001");
    }

    [Fact]
    public async Task A_closed_journal_takes_nothing_and_gives_nothing()
    {
        AttemptJournal journal = Create();
        await journal.AppendAsync(Events.Started(), CancellationToken.None);
        await journal.DisposeAsync();

        Func<Task> append = () => journal.AppendAsync(Events.Step(1), CancellationToken.None).AsTask();

        (await append.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("JRN-001");
        journal.FlushedSequence.Should().Be(1, "what was appended is flushed before the file is closed");
        journal.Read(0, 10, int.MaxValue).Should().BeEmpty();
    }

    [Fact]
    public async Task An_event_larger_than_a_record_is_refused_and_the_journal_goes_on()
    {
        await using AttemptJournal journal = Create();

        Func<Task> append = () => journal.AppendAsync(Events.Evidence(JournalRecord.MaximumEventOctets), CancellationToken.None).AsTask();

        await append.Should().ThrowAsync<ArgumentException>();
        await journal.AppendAsync(Events.Started(), CancellationToken.None);
        await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
        journal.FlushedSequence.Should().Be(1);
    }

    [Fact]
    public async Task An_older_acknowledgement_takes_nothing_back()
    {
        await using AttemptJournal journal = Create();

        journal.Acknowledge(5);
        journal.Acknowledge(3);

        journal.AcknowledgedSequence.Should().Be(5);
    }

    private AttemptJournal Create(Action? onFlushed = null) =>
        AttemptJournal.Create(Events.Key, Storage, FileName, _time, onFlushed ?? (() => { }));

    /// <summary>Writes a finished journal and tells where each record ends.</summary>
    private async Task<(byte[] Content, int[] Ends)> WriteAsync(int events)
    {
        List<int> ends = [];
        await using (AttemptJournal journal = Create())
        {
            for (int index = 1; index <= events; index++)
            {
                await journal.AppendAsync(index < events ? Events.Step(index) : Events.Finished(), CancellationToken.None);
                await journal.FlushAsync(CancellationToken.None).AsTask().DefaultTimeout();
                ends.Add((int)new FileInfo(Path).Length);
            }
        }

        return (await File.ReadAllBytesAsync(Path), [.. ends]);
    }
}
