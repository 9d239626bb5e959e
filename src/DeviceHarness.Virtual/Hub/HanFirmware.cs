using DeviceHarness.Virtual.Firmware;

namespace DeviceHarness.Virtual.Hub;

/// <summary>A device of the home area network that takes its firmware through the hub.</summary>
/// <param name="Identifier">Its EUI-64, the first octet in the highest eight bits.</param>
/// <param name="Channel">The channel that its objects have at the hub's service port: field B of their names, 1 to 16.</param>
/// <param name="Version">The version that it runs when the hub is switched on for the first time.</param>
/// <param name="Update">What it is to an image.</param>
public sealed record HanFirmware(ulong Identifier, byte Channel, string Version, FirmwareUpdateOptions Update)
{
    /// <summary>The highest channel.</summary>
    public const byte MaximumChannel = HubModel.MaximumDevices;
}
