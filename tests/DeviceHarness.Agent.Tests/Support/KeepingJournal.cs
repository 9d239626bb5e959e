using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>Keeps the last evidence of what it was told.</summary>
internal sealed class KeepingJournal : IAttemptJournal
{
    public ReadOnlyMemory<byte> Evidence { get; private set; }

    public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken)
    {
        Evidence = attemptEvent is EvidenceRecorded recorded ? recorded.Content : Evidence;
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
