using DeviceHarness.Drivers.Dlms;

namespace DeviceHarness.Drivers.CommsHub;

/// <summary>What a comms hub's driver needs.</summary>
public sealed record HubOptions : DlmsDriverOptions;
