using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>The objects that a device of the home area network has at the service port of its hub. No description of such a port has been
/// published: which objects a model has is said by its profile alone.</summary>
/// <param name="Identity">The device's EUI-64, as an octet-string of 8 octets or as 16 hexadecimal digits.</param>
/// <param name="FirmwareActive">The version of the firmware that runs in the device.</param>
/// <param name="ImageTransfer">Where the hub takes its images, and which images are for it.</param>
public sealed record HanObjectMap(
    CosemAttributeDescriptor Identity, CosemAttributeDescriptor FirmwareActive, ImageTransferSettings ImageTransfer);
