namespace DeviceHarness.Assurance.Issues;

/// <summary>Which state follows which.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 3.5. Departs: an issue that was closed and is seen again is reopened by the
/// harness itself,
/// and a deferred or carried-over issue may go on to any working state; the guide's drawing is silent on both.</remarks>
public static class IssueLifecycle
{
    private static readonly IssueState[] Working =
    [
        IssueState.Assigned, IssueState.Investigating, IssueState.RootCauseKnown, IssueState.WorkaroundAccepted, IssueState.FixPlanned,
        IssueState.FixDelivered, IssueState.ReadyForRetest,
    ];

    private static readonly Dictionary<IssueState, IssueState[]> Next = new()
    {
        [IssueState.New] = [IssueState.Triaged, IssueState.Rejected, IssueState.Duplicate, IssueState.CarriedOver],
        [IssueState.Triaged] = [IssueState.Assigned, IssueState.Rejected, IssueState.Duplicate, IssueState.CarriedOver],
        [IssueState.Assigned] = [IssueState.Investigating, IssueState.Rejected, IssueState.Duplicate],
        [IssueState.Investigating] =
            [IssueState.RootCauseKnown, IssueState.WorkaroundAccepted, IssueState.Rejected, IssueState.Duplicate],
        [IssueState.RootCauseKnown] = [IssueState.FixPlanned, IssueState.WorkaroundAccepted],
        [IssueState.WorkaroundAccepted] = [IssueState.RootCauseKnown, IssueState.FixPlanned],
        [IssueState.FixPlanned] = [IssueState.FixDelivered],
        [IssueState.FixDelivered] = [IssueState.ReadyForRetest],
        [IssueState.ReadyForRetest] = [IssueState.Closed, IssueState.Reopened],
        [IssueState.Closed] = [IssueState.Reopened],
        [IssueState.Reopened] = [IssueState.Investigating],
        [IssueState.Rejected] = [IssueState.Reopened],
        [IssueState.Duplicate] = [],
        [IssueState.Deferred] = Working,
        [IssueState.CarriedOver] = Working,
    };

    /// <summary>Whether an issue still counts: neither closed, nor rejected, nor a duplicate.</summary>
    /// <remarks>Spec: project guide to the DMCT process, section 5.1.</remarks>
    public static bool IsOpen(IssueState state) => state is not (IssueState.Closed or IssueState.Rejected or IssueState.Duplicate);

    /// <summary>The states that may follow one, in the order of the life.</summary>
    public static IReadOnlyList<IssueState> Following(IssueState state) =>
        IsOpen(state) && state != IssueState.Deferred ? [.. Next[state], IssueState.Deferred] : Next[state];
}
