namespace DeviceHarness.Virtual.Supply;

/// <summary>Why the supply is off.</summary>
public enum SupplyCause
{
    /// <summary>It is on, or nobody remembers.</summary>
    None = 0,

    /// <summary>A command.</summary>
    Command = 1,

    /// <summary>No credit in prepayment mode.</summary>
    Credit = 2,

    /// <summary>More power than the load limit for longer than allowed.</summary>
    LoadLimit = 3,

    /// <summary>A tamper while the supply tamper state says so.</summary>
    Tamper = 4,

    /// <summary>The battery of a gas meter is low while the supply depletion state says so.</summary>
    Battery = 5,
}
