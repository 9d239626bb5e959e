namespace DeviceHarness.Codecs.Zcl;

/// <summary>The edition of the Smart Energy profile that a device was built to. Later editions add fields at the end of commands.</summary>
public enum ProfileLevel
{
    /// <summary>Edition 1.0.</summary>
    SmartEnergy10 = 10,

    /// <summary>Edition 1.1.</summary>
    SmartEnergy11 = 11,

    /// <summary>Edition 1.2.</summary>
    SmartEnergy12 = 12,
}
