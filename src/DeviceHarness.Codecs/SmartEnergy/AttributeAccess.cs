namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>What may be done with an attribute.</summary>
/// <remarks>Spec: ZigBee Cluster Library, attribute access; the bits of the extended discovery.</remarks>
[Flags]
public enum AttributeAccess
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is read.</summary>
    Read = 1,

    /// <summary>It is written.</summary>
    Write = 2,

    /// <summary>It is reported.</summary>
    Report = 4,
}
