namespace DeviceHarness.Assurance.Regression;

/// <summary>Where a combination stands with its regression.</summary>
public enum RegressionVerdict
{
    /// <summary>Some pack of the standard regression pack was never run to its end for it.</summary>
    NotRun,

    /// <summary>It passed, and no software version changed since.</summary>
    StillValid,

    /// <summary>It has to be run again.</summary>
    Due,
}
