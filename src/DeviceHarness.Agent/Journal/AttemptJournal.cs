using System.Threading.Channels;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using WireEvent = DeviceHarness.Contracts.V1.AttemptEvent;

namespace DeviceHarness.Agent.Journal;

/// <summary>The journal of one attempt: its events in order in one file, flushed to disk in groups.</summary>
/// <remarks>A group is at most <see cref="GroupEvents"/> events or <see cref="GroupTime"/>, or what is there when a flush is asked for.
/// Only flushed events can be read back, so nothing leaves the rig that a loss of power could take back. One writer task owns the file's
/// end.</remarks>
public sealed class AttemptJournal : IAttemptJournal, IAsyncDisposable
{
    /// <summary>The most events in one flush.</summary>
    public const int GroupEvents = 64;

    /// <summary>The most events that wait for the writer; then a step waits.</summary>
    public const int MaximumPendingEvents = 1024;

    /// <summary>The longest that an event waits for its group.</summary>
    public static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(5);

    // The sequence number is given by the writer: its tag and the longest varint of a positive 64-bit number.
    private const int SequenceOctets = 10;

    private readonly Lock _gate = new();
    private readonly Lock _reading = new();
    private readonly List<(long Offset, int Length)> _flushed = [];
    private readonly Channel<Entry> _entries =
        Channel.CreateBounded<Entry>(new BoundedChannelOptions(MaximumPendingEvents) { SingleReader = true });

    private readonly TimeProvider _time;
    private readonly Action _onFlushed;
    private readonly IJournalFile _file;
    private readonly Task _writer;
    private long _appended;
    private long _acknowledged;
    private bool _isFinished;
    private bool _isClosed;
    private int _flushes;

    private AttemptJournal(AttemptKey key, IJournalFile file, TimeProvider time, Action onFlushed)
    {
        Key = key;
        _file = file;
        _time = time;
        _onFlushed = onFlushed;
        _writer = Task.Run(WriteGroupsAsync);
    }

    /// <summary>The attempt.</summary>
    public AttemptKey Key { get; }

    /// <summary>The highest sequence that is on disk; 0 when none is.</summary>
    public long FlushedSequence
    {
        get
        {
            lock (_gate)
            {
                return _flushed.Count;
            }
        }
    }

    /// <summary>The highest sequence that the orchestrator has acknowledged.</summary>
    public long AcknowledgedSequence => Interlocked.Read(ref _acknowledged);

    /// <summary>Whether the attempt's last event is on disk.</summary>
    public bool IsFinished
    {
        get
        {
            lock (_gate)
            {
                return _isFinished;
            }
        }
    }

    /// <summary>Whether every event is acknowledged and no more will come.</summary>
    public bool IsSettled => IsFinished && AcknowledgedSequence >= FlushedSequence;

    /// <summary>How many times the file was flushed.</summary>
    public int Flushes => Volatile.Read(ref _flushes);

    /// <summary>Begins the journal of a new attempt.</summary>
    /// <param name="key">The attempt.</param>
    /// <param name="storage">Where its file is made.</param>
    /// <param name="name">The name of the new file.</param>
    /// <param name="time">The clock of the group time.</param>
    /// <param name="onFlushed">Called on the writer's thread after each flush; must not block.</param>
    /// <exception cref="TransportException">JRN-001: the file cannot be made.</exception>
    public static AttemptJournal Create(AttemptKey key, IJournalStorage storage, string name, TimeProvider time, Action onFlushed)
    {
        ArgumentNullException.ThrowIfNull(storage);
        try
        {
            return On(key, storage.Create(name), time, onFlushed);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Broken(key, $"cannot be made: {exception.Message}", name, exception);
        }
    }

    /// <summary>Opens the journal that an earlier process left behind; a torn end is cut off.</summary>
    /// <param name="storage">Where its file is.</param>
    /// <param name="name">The name of its file.</param>
    /// <param name="time">The clock of the group time.</param>
    /// <param name="onFlushed">Called on the writer's thread after each flush; must not block.</param>
    /// <returns>The journal; null when not one whole event is in the file.</returns>
    public static AttemptJournal? Recover(IJournalStorage storage, string name, TimeProvider time, Action onFlushed)
    {
        ArgumentNullException.ThrowIfNull(storage);
        IJournalFile file = storage.Open(name);
        byte[] content = new byte[file.Length];
        content = content[..file.Read(0, content)];
        List<(long Offset, int Length)> records = [];
        WireEvent? last = null;
        int offset = 0;
        while (JournalRecord.TryRead(content.AsSpan(offset), out WireEvent? next) is var length and > 0)
        {
            records.Add((offset, length));
            last = next;
            offset += length;
        }

        if (last is null)
        {
            file.Dispose();
            return null;
        }

        // Also what was read whole may be in the system's memory only, when the process died and the system did not.
        file.Truncate(offset);
        file.Flush();
        AttemptJournal journal = new(new AttemptKey(last.ExecutionId, last.Attempt, last.LeaseNumber), file, time, onFlushed)
        {
            _appended = records.Count,
            _isFinished = last.BodyCase == WireEvent.BodyOneofCase.AttemptFinished,
        };
        lock (journal._gate)
        {
            journal._flushed.AddRange(records);
        }

        return journal;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The event is larger than a record may be.</exception>
    /// <exception cref="TransportException">JRN-001: the file cannot be written, or the journal is closed.</exception>
    public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken)
    {
        WireEvent wire = EventMapping.ToWire(attemptEvent);
        wire.ExecutionId = Key.ExecutionId;
        wire.Attempt = Key.Attempt;
        wire.LeaseNumber = Key.LeaseNumber;

        // Refused here: the writer has nobody to tell, and the events behind it would be lost.
        int octets = wire.CalculateSize();
        if (octets > JournalRecord.MaximumEventOctets - SequenceOctets)
        {
            throw new ArgumentException(
                $"an event of {octets} octets; at most {JournalRecord.MaximumEventOctets - SequenceOctets}", nameof(attemptEvent));
        }

        return WriteAsync(new Entry(wire, null), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="TransportException">JRN-001: the file cannot be written, or the journal is closed.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await WriteAsync(new Entry(null, flushed), cancellationToken).ConfigureAwait(false);
        await flushed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads flushed events back.</summary>
    /// <param name="afterSequence">The last sequence that is not wanted.</param>
    /// <param name="maximumEvents">How many events at most.</param>
    /// <param name="maximumOctets">How many octets at most; one event is always given.</param>
    /// <returns>The events in order; none when the journal is closed.</returns>
    /// <exception cref="TransportException">JRN-002: what was written cannot be read back.</exception>
    public IReadOnlyList<WireEvent> Read(long afterSequence, int maximumEvents, int maximumOctets)
    {
        List<(long Offset, int Length)> wanted = [];
        lock (_gate)
        {
            int octets = 0;
            for (int index = (int)afterSequence; index < _flushed.Count && wanted.Count < maximumEvents; index++)
            {
                octets += _flushed[index].Length;
                if (wanted.Count > 0 && octets > maximumOctets)
                {
                    break;
                }

                wanted.Add(_flushed[index]);
            }
        }

        // An acknowledgement may settle and close the journal while another thread is about to send from it.
        lock (_reading)
        {
            return _isClosed ? [] : [.. wanted.Select(ReadRecord)];
        }
    }

    /// <summary>Notes that the orchestrator holds everything up to a sequence.</summary>
    public void Acknowledge(long sequence)
    {
        long known = AcknowledgedSequence;
        while (sequence > known && Interlocked.CompareExchange(ref _acknowledged, sequence, known) is var seen && seen != known)
        {
            known = seen;
        }
    }

    /// <summary>Flushes what was appended and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writer.ConfigureAwait(false);
        lock (_reading)
        {
            _isClosed = true;
        }

        _file.Dispose();
    }

    /// <summary>Begins the journal of a new attempt on an open file.</summary>
    internal static AttemptJournal On(AttemptKey key, IJournalFile file, TimeProvider time, Action onFlushed) =>
        new(key, file, time, onFlushed);

    private static TransportException Broken(AttemptKey key, string what, string path, Exception cause) =>
        new("JRN-001", $"the journal of {key} {what}; free disk space and run the case again", path, cause);

    private WireEvent ReadRecord((long Offset, int Length) place)
    {
        byte[] record = new byte[place.Length];
        int read = _file.Read(place.Offset, record);
        return read == place.Length && JournalRecord.TryRead(record, out WireEvent? next) > 0
            ? next!
            : throw new TransportException("JRN-002", $"the journal of {Key} cannot be read back at octet {place.Offset}", _file.Path);
    }

    private async ValueTask WriteAsync(Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            await _entries.Writer.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException exception)
        {
            throw Broken(Key, $"takes no more events: {exception.InnerException?.Message ?? "it is closed"}", _file.Path, exception);
        }
    }

    private async Task WriteGroupsAsync()
    {
        using MemoryStream group = new();
        List<int> lengths = [];
        List<TaskCompletionSource> waiters = [];
        while (await _entries.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            bool hasFinished = await CollectAsync(group, lengths, waiters).ConfigureAwait(false);
            try
            {
                Flush(group, lengths, hasFinished);
            }
            catch (IOException exception)
            {
                _entries.Writer.TryComplete(exception);
                FailThoseWaiting(waiters, exception);
                return;
            }

            waiters.ForEach(waiter => waiter.TrySetResult());
            group.SetLength(0);
            lengths.Clear();
            waiters.Clear();
        }
    }

    private void FailThoseWaiting(List<TaskCompletionSource> waiters, IOException exception)
    {
        while (_entries.Reader.TryRead(out Entry entry))
        {
            if (entry.Flushed is not null)
            {
                waiters.Add(entry.Flushed);
            }
        }

        waiters.ForEach(waiter => waiter.TrySetException(Broken(Key, $"cannot be written: {exception.Message}", _file.Path, exception)));
    }

    private async Task<bool> CollectAsync(MemoryStream group, List<int> lengths, List<TaskCompletionSource> waiters)
    {
        bool hasFinished = false;
        Task? groupTime = null;
        while (lengths.Count < GroupEvents)
        {
            if (_entries.Reader.TryRead(out Entry entry))
            {
                if (entry.Flushed is not null)
                {
                    waiters.Add(entry.Flushed);
                    continue;
                }

                // Numbered here and not by the caller: an append that was cancelled while it waited must leave no gap.
                entry.Event!.Sequence = ++_appended;
                long before = group.Length;
                JournalRecord.Write(entry.Event, group);
                lengths.Add((int)(group.Length - before));
                hasFinished |= entry.Event.BodyCase == WireEvent.BodyOneofCase.AttemptFinished;
                continue;
            }

            if (waiters.Count > 0 || hasFinished || groupTime is { IsCompleted: true })
            {
                break;
            }

            groupTime ??= Task.Delay(GroupTime, _time);
            Task<bool> more = _entries.Reader.WaitToReadAsync().AsTask();
            await Task.WhenAny(more, groupTime).ConfigureAwait(false);
            if (more.IsCompletedSuccessfully && !more.Result)
            {
                break;
            }
        }

        return hasFinished;
    }

    private void Flush(MemoryStream group, List<int> lengths, bool hasFinished)
    {
        if (lengths.Count > 0)
        {
            long offset = _file.Length;
            _file.Append(group.GetBuffer().AsSpan(0, (int)group.Length));
            _file.Flush();
            Interlocked.Increment(ref _flushes);
            lock (_gate)
            {
                foreach (int length in lengths)
                {
                    _flushed.Add((offset, length));
                    offset += length;
                }

                _isFinished |= hasFinished;
            }

            _onFlushed();
        }
    }

    private readonly record struct Entry(WireEvent? Event, TaskCompletionSource? Flushed);
}
