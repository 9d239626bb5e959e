namespace DeviceHarness.Duis.Catalogue;

/// <summary>How much harm a request can do, and so how it is protected.</summary>
public enum SrvCriticality
{
    /// <summary>A device carries it out; a wrong one could affect supply, money or keys.</summary>
    Critical,

    /// <summary>A device carries it out.</summary>
    NonCritical,

    /// <summary>The service itself answers it; no device is involved.</summary>
    NonDevice,
}
