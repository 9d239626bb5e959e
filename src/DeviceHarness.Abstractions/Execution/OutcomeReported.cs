namespace DeviceHarness.Abstractions.Execution;

/// <summary>Whether the service said rightly, and in time, what became of a command.</summary>
public enum OutcomeReported
{
    /// <summary>The case has no way to know.</summary>
    Unknown = 0,

    /// <summary>It did, as the case knows.</summary>
    Right = 1,

    /// <summary>It said another thing, or the right thing late, as the case knows.</summary>
    WrongOrLate = 2,
}
