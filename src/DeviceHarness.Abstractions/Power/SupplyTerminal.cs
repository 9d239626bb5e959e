namespace DeviceHarness.Abstractions.Power;

/// <summary>The terminals of a device at which a supply can be seen.</summary>
public enum SupplyTerminal
{
    /// <summary>Where the bench feeds the device.</summary>
    Mains,

    /// <summary>Where a meter feeds the comms hub on it.</summary>
    Hub,
}
