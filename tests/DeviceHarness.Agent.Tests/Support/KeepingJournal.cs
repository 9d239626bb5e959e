using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>Keeps what it was told, and the last evidence of it.</summary>
internal sealed class KeepingJournal : IAttemptJournal
{
    public ReadOnlyMemory<byte> Evidence { get; private set; }

    public List<AttemptEvent> Events { get; } = [];

    public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken)
    {
        Events.Add(attemptEvent);
        Evidence = attemptEvent is EvidenceRecorded recorded ? recorded.Content : Evidence;
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
