namespace DeviceHarness.Duis.Bodies.Supply;

/// <summary>Whether a meter's supply is on.</summary>
/// <remarks>Spec: MMC XML schema 5.4, SupplyState.</remarks>
public enum SupplyState
{
    /// <summary>On.</summary>
    Enabled,

    /// <summary>Off.</summary>
    Disabled,

    /// <summary>Off; the consumer may switch it on at the meter.</summary>
    Armed,
}
