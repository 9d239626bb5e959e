namespace DeviceHarness.Duis.Bodies.Configuration;

/// <summary>What becomes of the supply when somebody tampers with the meter.</summary>
/// <remarks>Spec: MMC XML schema 5.4, SupplyTamperState.</remarks>
public enum SupplyTamperState
{
    /// <summary>It is left on.</summary>
    Unchanged,

    /// <summary>It is locked.</summary>
    Locked,
}
