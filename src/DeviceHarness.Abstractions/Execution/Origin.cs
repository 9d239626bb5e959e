namespace DeviceHarness.Abstractions.Execution;

/// <summary>What answered.</summary>
public enum Origin
{
    /// <summary>Real devices: the only origin that counts towards a DMCT entry, a threshold or an EPCL report.</summary>
    Real,

    /// <summary>Virtual devices.</summary>
    Virtual,

    /// <summary>A recorded session.</summary>
    Replayed,

    /// <summary>Virtual devices under a scaled clock.</summary>
    Scaled,
}
