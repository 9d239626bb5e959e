using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Store;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Tells watchers what happens in the attempts of one rig, each event once.</summary>
/// <remarks>Used under the gate of the rig's desk.</remarks>
internal sealed class AttemptNews(CycleWatchHub hub)
{
    private readonly Dictionary<AttemptKey, long> _told = [];
    private readonly Dictionary<string, string> _caseIds = new(StringComparer.Ordinal);

    /// <summary>An execution was leased: what was told of earlier attempts is not needed any more.</summary>
    public void Begin(string cycleId, string executionId)
    {
        _told.Clear();
        _caseIds.Clear();
        hub.Publish(cycleId, new ExecutionNews(executionId, IsEnd: false));
    }

    /// <summary>Recalls which case a lease is of, after the rig connected again.</summary>
    public void Recall(LiveLease lease) => _caseIds[lease.Attempt.ExecutionId] = lease.CaseId;

    /// <summary>Tells those of an attempt's events that were not told before.</summary>
    public void Tell(AttemptKey key, IReadOnlyList<SequencedEvent> events)
    {
        string cycleId = ExecutionName.CycleOf(key.ExecutionId);
        long told = _told.GetValueOrDefault(key);
        foreach (SequencedEvent item in events.Where(item => item.Sequence > told))
        {
            if (item.Event is AttemptStarted started)
            {
                _caseIds[key.ExecutionId] = started.CaseId;
                hub.Publish(cycleId, new ExecutionNews(key.ExecutionId, IsEnd: false));
            }
            else if (EventMapping.ToStepUpdate(item, _caseIds.GetValueOrDefault(key.ExecutionId, string.Empty)) is { } step)
            {
                hub.Publish(cycleId, new StepNews(step));
            }

            told = item.Sequence;
        }

        _told[key] = told;
    }
}
