namespace DeviceHarness.Abstractions.Execution;

/// <summary>Takes the events of an attempt and keeps them.</summary>
public interface IAttemptJournal
{
    /// <summary>Appends an event; it is kept in order, and on disk with the next flush.</summary>
    /// <remarks>Completes at once unless the journal is full: then the step waits, nothing is dropped.</remarks>
    ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken);

    /// <summary>Waits until everything appended so far is on disk.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
