using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;

namespace DeviceHarness.Drivers.Han.Upgrades;

/// <summary>Where a device's upgrade stands.</summary>
/// <param name="Event">What the last message or silence led to.</param>
/// <param name="Image">The image; null when none is known of.</param>
/// <param name="ReachedOctets">How far the image was sent, in octets from its beginning.</param>
/// <param name="TotalOctets">The length of the image, in octets; 0 when none is known of.</param>
/// <param name="ClientStatus">What the device said when it ended the download; null before.</param>
public readonly record struct HanUpgradeProgress(
    OtaEvent Event, OtaImageId? Image, int ReachedOctets, int TotalOctets, ZclStatus? ClientStatus);
