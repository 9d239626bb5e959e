using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Store;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Tells watchers what happens in the attempts of one rig, each event once.</summary>
/// <remarks>Used under the gate of the rig's desk.</remarks>
internal sealed class AttemptNews(CycleWatchHub hub)
{
    /// <summary>The attempts of which it is known how far they were told; older ones are forgotten.</summary>
    public const int MaximumRemembered = 64;

    private readonly Dictionary<AttemptKey, long> _told = [];
    private readonly Dictionary<AttemptKey, string> _caseIds = [];

    /// <summary>An execution was leased.</summary>
    public void Begin(Lease lease)
    {
        Remember(lease.Attempt, lease.Execution.CaseId);
        hub.Publish(lease.Cycle.Id, new ExecutionNews(lease.Execution.Id, IsEnd: false));
    }

    /// <summary>Recalls which case a lease is of, after the rig connected again.</summary>
    public void Recall(LiveLease lease) => Remember(lease.Attempt, lease.CaseId);

    /// <summary>Tells those of an attempt's events that were not told before.</summary>
    public void Tell(AttemptKey key, IReadOnlyList<SequencedEvent> events)
    {
        string cycleId = ExecutionName.CycleOf(key.ExecutionId);
        long told = _told.GetValueOrDefault(key);
        foreach (SequencedEvent item in events.Where(item => item.Sequence > told))
        {
            if (item.Event is AttemptStarted started)
            {
                Remember(key, started.CaseId);
                hub.Publish(cycleId, new ExecutionNews(key.ExecutionId, IsEnd: false));
            }
            else if (EventMapping.ToStepUpdate(item, _caseIds.GetValueOrDefault(key, string.Empty)) is { } step)
            {
                hub.Publish(cycleId, new StepNews(step));
            }

            told = item.Sequence;
        }

        _told[key] = told;
    }

    /// <summary>Tells where a long request stands; of an attempt that is not known, nothing.</summary>
    public void Tell(AttemptKey key, V1.FirmwareProgress progress)
    {
        if (_caseIds.TryGetValue(key, out string? caseId))
        {
            hub.Publish(ExecutionName.CycleOf(key.ExecutionId), new ProgressNews(new V1.ProgressUpdate
            {
                ExecutionId = key.ExecutionId,
                CaseId = caseId,
                Attempt = key.Number,
                Firmware = progress,
            }));
        }
    }

    private void Remember(AttemptKey key, string caseId)
    {
        _caseIds[key] = caseId;
        if (_caseIds.Count > MaximumRemembered)
        {
            AttemptKey oldest = _caseIds.Keys.MinBy(known => known.LeaseNumber);
            _caseIds.Remove(oldest);
            _told.Remove(oldest);
        }
    }
}
