namespace DeviceHarness.Abstractions.Power;

/// <summary>A cover of a meter that notices when it is taken off.</summary>
public enum MeterCover
{
    /// <summary>The cover of the meter itself.</summary>
    Meter,

    /// <summary>The cover over its terminals.</summary>
    Terminal,
}
