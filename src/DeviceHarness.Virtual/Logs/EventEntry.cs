namespace DeviceHarness.Virtual.Logs;

/// <summary>An entry of an event log.</summary>
/// <param name="Stamp">When it happened by the meter's clock, UTC.</param>
/// <param name="IsStampValid">Whether the meter trusted its clock.</param>
/// <param name="Code">What happened.</param>
public readonly record struct EventEntry(DateTimeOffset Stamp, bool IsStampValid, EventCode Code);
