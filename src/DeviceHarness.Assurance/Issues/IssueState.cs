namespace DeviceHarness.Assurance.Issues;

/// <summary>Where a Testing Issue is in its life.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 3.5; the states are a choice of this project, since none was published. The
/// numbers are
/// stored and never change.</remarks>
public enum IssueState
{
    /// <summary>Raised; nobody looked at it yet.</summary>
    New = 0,

    /// <summary>A person took it for a fault and set its severity.</summary>
    Triaged = 1,

    /// <summary>Somebody has it.</summary>
    Assigned = 2,

    /// <summary>Its cause is looked for.</summary>
    Investigating = 3,

    /// <summary>Its cause is known.</summary>
    RootCauseKnown = 4,

    /// <summary>A workaround was accepted; it may be graded again.</summary>
    WorkaroundAccepted = 5,

    /// <summary>A fix is planned.</summary>
    FixPlanned = 6,

    /// <summary>A fix was delivered.</summary>
    FixDelivered = 7,

    /// <summary>It may be tested again.</summary>
    ReadyForRetest = 8,

    /// <summary>The retest passed.</summary>
    Closed = 9,

    /// <summary>It came back.</summary>
    Reopened = 10,

    /// <summary>Not a fault, or a fault of the test.</summary>
    Rejected = 11,

    /// <summary>Another issue is the same.</summary>
    Duplicate = 12,

    /// <summary>Put off, by an approver, to a release.</summary>
    Deferred = 13,

    /// <summary>Known from an earlier phase or from production.</summary>
    CarriedOver = 14,
}
