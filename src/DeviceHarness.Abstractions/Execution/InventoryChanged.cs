namespace DeviceHarness.Abstractions.Execution;

/// <summary>The inventory changed.</summary>
/// <param name="Eui64">The device, as its EUI-64.</param>
/// <param name="Field">What changed: <c>status</c> or <c>firmware</c>.</param>
/// <param name="Value">Its new value.</param>
public sealed record InventoryChanged(string Eui64, string Field, string Value) : AttemptEvent;
