using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>A journal that remembers appends and flushes in order.</summary>
internal sealed class RecordingJournal : IAttemptJournal
{
    public List<AttemptEvent> Events { get; } = [];

    /// <summary>The names of the events in order, with <c>Flush</c> where a flush was asked for.</summary>
    public List<string> Log { get; } = [];

    public IEnumerable<T> Of<T>() => Events.OfType<T>();

    public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Events.Add(attemptEvent);
        Log.Add(attemptEvent.GetType().Name);
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Log.Add("Flush");
        return ValueTask.CompletedTask;
    }
}
