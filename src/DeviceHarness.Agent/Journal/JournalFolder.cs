using System.Collections.Concurrent;
using System.Threading.Channels;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Journal;

/// <summary>All attempts whose events the orchestrator does not hold yet, one file each.</summary>
/// <remarks>Files are removed only when every event of a finished attempt is acknowledged. Safe for use from any thread.</remarks>
public sealed class JournalFolder : IAsyncDisposable
{
    /// <summary>The octets of a probe: as much as the events of a small case.</summary>
    private const int ProbeOctets = 64 * 1024;

    // Without the ending of a journal, so that one that a crash leaves behind is no attempt.
    private const string ProbeName = "probe";

    private readonly ConcurrentDictionary<AttemptKey, AttemptJournal> _journals = new();
    private readonly IJournalStorage _storage;
    private readonly TimeProvider _time;

    // One signal is enough: whoever reads it looks at every journal.
    private readonly Channel<bool> _flushed =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _gate = new();
    private TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JournalFolder(IJournalStorage storage, TimeProvider time)
    {
        _storage = storage;
        _time = time;
    }

    /// <summary>The journals that hold events, oldest lease first.</summary>
    public IReadOnlyList<AttemptJournal> Journals => [.. _journals.Values.OrderBy(journal => journal.Key.LeaseNumber)];

    /// <summary>The events that are on disk and not acknowledged.</summary>
    public long Backlog => _journals.Values.Sum(journal => Math.Max(0, journal.FlushedSequence - journal.AcknowledgedSequence));

    /// <summary>Opens the folder and closes the attempts that an earlier process left unfinished.</summary>
    /// <param name="folder">The folder; it is made when it is not there.</param>
    /// <param name="time">The clock of events and group times.</param>
    /// <param name="cancellationToken">Ends the recovery.</param>
    public static Task<JournalFolder> OpenAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        DataFolder.Create(folder);
        return OpenAsync(new DiskJournalStorage(folder), time, cancellationToken);
    }

    /// <summary>Opens what is in a storage and closes the attempts that an earlier process left unfinished.</summary>
    /// <param name="storage">Where the journals are.</param>
    /// <param name="time">The clock of events and group times.</param>
    /// <param name="cancellationToken">Ends the recovery.</param>
    public static async Task<JournalFolder> OpenAsync(IJournalStorage storage, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(storage);
        JournalFolder journals = new(storage, time);
        foreach (string name in storage.List())
        {
            if (AttemptJournal.Recover(storage, name, time, journals.SignalFlushed) is not { } journal)
            {
                // Not one event reached the disk, so none left the rig: the attempt never began.
                storage.Delete(name);
                continue;
            }

            journals._journals[journal.Key] = journal;
            if (!journal.IsFinished)
            {
                await journals.CloseUnfinishedAsync(journal, cancellationToken).ConfigureAwait(false);
            }
        }

        return journals;
    }

    /// <summary>Begins the journal of a new attempt.</summary>
    /// <exception cref="TransportException">JRN-001: the file cannot be made.</exception>
    public AttemptJournal Begin(AttemptKey key)
    {
        AttemptJournal journal = AttemptJournal.Create(key, _storage, NameOf(key), _time, SignalFlushed);
        _journals[key] = journal;
        return journal;
    }

    /// <summary>Opens a journal anew that the medium refused: what is on it is kept, what it did not take is lost.</summary>
    /// <exception cref="TransportException">JRN-001: the medium still refuses.</exception>
    public async Task<AttemptJournal> ReopenAsync(AttemptKey key)
    {
        long acknowledged = 0;
        if (_journals.TryGetValue(key, out AttemptJournal? refused))
        {
            acknowledged = refused.AcknowledgedSequence;
            await refused.DisposeAsync().ConfigureAwait(false);
        }

        try
        {
            AttemptJournal? recovered = AttemptJournal.Recover(_storage, NameOf(key), _time, SignalFlushed);
            if (recovered is null)
            {
                _storage.Delete(NameOf(key));
            }

            AttemptJournal journal = recovered ?? AttemptJournal.Create(key, _storage, NameOf(key), _time, SignalFlushed);
            journal.Acknowledge(acknowledged);
            _journals[key] = journal;
            return journal;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransportException(
                "JRN-001", $"the journal of {key} cannot be opened again: {exception.Message}", NameOf(key), exception);
        }
    }

    /// <summary>Whether the medium takes journals: a small file is written, flushed and removed.</summary>
    /// <returns>Null when it does; otherwise why not.</returns>
    public string? Probe()
    {
        try
        {
            _storage.Delete(ProbeName);
            using (IJournalFile file = _storage.Create(ProbeName))
            {
                file.Append(new byte[ProbeOctets]);
                file.Flush();
            }

            _storage.Delete(ProbeName);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the journal cannot be written: {exception.Message}";
        }
    }

    /// <summary>Forgets an attempt that never began.</summary>
    public async Task DropAsync(AttemptKey key)
    {
        if (_journals.TryRemove(key, out AttemptJournal? journal))
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            _storage.Delete(NameOf(key));
        }
    }

    /// <summary>Whether the folder holds events of an attempt.</summary>
    public bool Holds(AttemptKey key) => _journals.ContainsKey(key);

    /// <summary>Takes an acknowledgement; a settled attempt's file is removed.</summary>
    public async Task AcknowledgeAsync(AttemptKey key, long sequence)
    {
        if (!_journals.TryGetValue(key, out AttemptJournal? journal))
        {
            return;
        }

        journal.Acknowledge(sequence);
        if (journal.IsSettled && _journals.TryRemove(key, out _))
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            _storage.Delete(NameOf(key));
        }

        lock (_gate)
        {
            _acknowledged.TrySetResult();
            _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Completes with the next acknowledgement.</summary>
    public Task WaitForAcknowledgementAsync()
    {
        lock (_gate)
        {
            return _acknowledged.Task;
        }
    }

    /// <summary>Waits until something was flushed since the last call.</summary>
    public async ValueTask WaitForFlushAsync(CancellationToken cancellationToken) =>
        await _flushed.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Makes the next <see cref="WaitForFlushAsync"/> return at once: a new session looks at what is there.</summary>
    public void SignalFlushed() => _flushed.Writer.TryWrite(true);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (AttemptJournal journal in _journals.Values)
        {
            await journal.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task CloseUnfinishedAsync(AttemptJournal journal, CancellationToken cancellationToken)
    {
        AttemptFinished lost = new(
            Verdict.Inconclusive, "the agent ended in the middle of this attempt; what followed its last journaled event is unknown",
            TimeSpan.Zero, OctetsToDevice: 0, OctetsFromDevice: 0)
        { Time = _time.GetUtcNow() };
        await journal.AppendAsync(lost, cancellationToken).ConfigureAwait(false);
        await journal.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string NameOf(AttemptKey key) => $"{key.LeaseNumber:D12}-{key.Attempt:D3}-{key.ExecutionId}.journal";
}
