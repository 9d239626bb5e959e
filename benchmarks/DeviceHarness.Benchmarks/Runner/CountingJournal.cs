using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Benchmarks.Runner;

/// <summary>A journal in memory that keeps the newest event only, and counts.</summary>
internal sealed class CountingJournal : IAttemptJournal
{
    /// <summary>How many events came.</summary>
    public int Events { get; private set; }

    /// <summary>The newest of them.</summary>
    public AttemptEvent? Newest { get; private set; }

    /// <inheritdoc/>
    public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken)
    {
        Events++;
        Newest = attemptEvent;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
