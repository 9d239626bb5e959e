namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>By which commands of the Metering cluster a log is read.</summary>
public enum GasLogMeans
{
    /// <summary>The model does not keep the log.</summary>
    None = 0,

    /// <summary>GetSnapshot, one snapshot for each moment.</summary>
    Snapshots,

    /// <summary>GetProfile, from the newest interval backwards.</summary>
    Profile,

    /// <summary>GetSampledData, from the oldest sample forwards.</summary>
    SampledData,
}
