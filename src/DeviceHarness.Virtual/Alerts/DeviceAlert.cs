using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Alerts;

/// <summary>An alert that a meter has to tell.</summary>
/// <param name="Number">Counts the meter's alerts, from 1; a lost one leaves a gap.</param>
/// <param name="Stamp">When it happened by the meter's clock, UTC.</param>
/// <param name="IsStampValid">Whether the meter trusted its clock.</param>
/// <param name="Code">What happened.</param>
public readonly record struct DeviceAlert(long Number, DateTimeOffset Stamp, bool IsStampValid, EventCode Code);
