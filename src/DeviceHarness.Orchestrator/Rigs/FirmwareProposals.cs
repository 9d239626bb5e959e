using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Assurance.Regression;
using DeviceHarness.Orchestrator.Cycles;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Keeps with a cycle which test its devices need after their firmware changed.</summary>
/// <remarks>Used under the gate of one rig's desk. A proposal decides nothing: <see cref="FirmwareTestRules"/> says by which row it
/// came.</remarks>
internal sealed class FirmwareProposals(RigDeskServices services)
{
    /// <summary>Proposes a test for a cycle; nothing is proposed where no firmware changed.</summary>
    public async Task ProposeAsync(
        string cycleId, IReadOnlyList<FirmwareChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count > 0
            && await services.Store.GetCycleAsync(cycleId, cancellationToken).ConfigureAwait(false) is { } detail)
        {
            RegressionRecord record = await services.Store.ReadRegressionAsync(cancellationToken).ConfigureAwait(false);
            await ProposeAsync(detail.Cycle, changes, record, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Proposes a test for the cycles of a rig that are complete and ran on versions that its devices have left: they stand as
    /// they are, and no longer for these devices.</summary>
    public async Task ProposeForCompleteAsync(
        string rig, IReadOnlyList<FirmwareChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }

        IReadOnlyList<CycleSummary> cycles =
            await services.Store.ListCyclesAsync(CycleLimits.MaximumListed, cancellationToken).ConfigureAwait(false);
        RegressionRecord record = await services.Store.ReadRegressionAsync(cancellationToken).ConfigureAwait(false);
        foreach (Cycle cycle in cycles.Select(summary => summary.Cycle).Where(cycle => cycle.State == CycleState.Complete))
        {
            FirmwareChange[] left = cycle.Rig == rig ? [.. changes.Where(change => cycle.Devices.Any(device => Ran(device, change)))] : [];
            if (left.Length > 0)
            {
                await ProposeAsync(cycle, left, record, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool Ran(DeviceBaseline device, FirmwareChange change) =>
        device.Device.Id.Value == change.Device && device.Inventory.FirmwareVersion == change.From;

    private async Task ProposeAsync(
        Cycle cycle, IReadOnlyList<FirmwareChange> changes, RegressionRecord record, CancellationToken cancellationToken)
    {
        string dmcId = cycle.Purpose.Scope.Dmc;
        TestProposal proposal = FirmwareTestRules.Propose(changes, dmcId, record.Dmcs.FirstOrDefault(dmc => dmc.Id == dmcId));
        await services.Store.ProposeTestAsync(cycle.Id, proposal, cancellationToken).ConfigureAwait(false);
        OrchestratorLog.TestProposed(services.Logger, cycle.Id, proposal.ToString());
    }
}
