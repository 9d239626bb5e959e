using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>A device of a rig with its row of the Smart Metering Inventory as it was when the cycle was frozen.</summary>
/// <param name="Device">The device on the bench.</param>
/// <param name="Inventory">Its row: status and firmware baseline.</param>
public sealed record DeviceBaseline(BenchDevice Device, InventoryDevice Inventory)
{
    /// <summary>What the device is told from others by, such as <c>ESME 90-B3-D5-1F-30-00-00-A0 (generic-smets1-esme)</c>.</summary>
    public override string ToString() => $"{Device.DeviceType} {Device.Eui64} ({Device.Profile})";
}
