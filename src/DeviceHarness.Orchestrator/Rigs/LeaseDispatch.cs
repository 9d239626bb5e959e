using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Store;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Hands a rig work: the cases that are bound to it, and those of rigs that are lost to a cycle of which it is a spare.</summary>
/// <remarks>Used under the gate of the rig's desk.</remarks>
internal sealed class LeaseDispatch(
    string rig, RigDeskServices services, RigHealth health, AttemptNews news, CycleFollowUp followUp)
{
    /// <summary>Leases what the rig may hold, and tells the ends of cycles.</summary>
    /// <param name="session">The rig's open connection; null when it has none.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task RunAsync(RigSession? session, CancellationToken cancellationToken)
    {
        HashSet<string> busyWith = new(StringComparer.Ordinal);
        while (session is { IsOpen: true } && health.IsFit(session)
            && await services.Store.TryLeaseAsync(rig, session.Parallel, services.Now, cancellationToken).ConfigureAwait(false)
                is { } lease)
        {
            if (BaselineRule.SpareDifference(lease) is { } difference)
            {
                await GiveBackAsync(lease, difference, cancellationToken).ConfigureAwait(false);
                continue;
            }

            busyWith.Add(lease.Cycle.Id);
            news.Begin(lease);
            session.TrySend(new V1.OrchestratorMessage { Lease = ContractMapping.ToContract(lease) });
            OrchestratorLog.Leased(
                services.Logger,
                lease.Attempt.LeaseNumber,
                lease.Execution.Id,
                lease.Execution.CaseId,
                lease.Attempt.Number,
                rig,
                lease.Ends);
        }

        await followUp.AnnounceEndsAsync(busyWith, cancellationToken).ConfigureAwait(false);
    }

    private async Task GiveBackAsync(Lease lease, BaselineDifference difference, CancellationToken cancellationToken)
    {
        await services.Store.DeclineLeaseAsync(lease.Attempt, services.Now, cancellationToken).ConfigureAwait(false);
        foreach (LiveLease live in await followUp.LeaveAsync(lease.Cycle, rig, difference, cancellationToken).ConfigureAwait(false))
        {
            services.Bell.Ring(live.Rig);
        }
    }
}
