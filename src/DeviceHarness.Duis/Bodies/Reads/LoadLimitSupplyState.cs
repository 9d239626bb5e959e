namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>What becomes of the supply when the load limit is exceeded.</summary>
/// <remarks>Spec: MMC XML schema 5.4, LoadLimitSupplyState.</remarks>
public enum LoadLimitSupplyState
{
    /// <summary>It is left on.</summary>
    Unchanged,

    /// <summary>It is switched off.</summary>
    Disable,
}
