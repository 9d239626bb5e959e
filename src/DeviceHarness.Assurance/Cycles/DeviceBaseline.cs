using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>A device of a rig with its row of the Smart Metering Inventory as it was when the cycle was frozen.</summary>
/// <param name="Device">The device on the bench.</param>
/// <param name="Inventory">Its row: status and firmware baseline.</param>
public sealed record DeviceBaseline(BenchDevice Device, InventoryDevice Inventory);
