namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>One value of a matrix of registers.</summary>
/// <param name="Index">Its place from 1; null when not stated.</param>
/// <param name="Value">Its value.</param>
/// <remarks>Spec: MMC XML schema 5.4, IntegerWithIndex and DecimalWithIndex.</remarks>
public readonly record struct IndexedReading(int? Index, decimal Value);
