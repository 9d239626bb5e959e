using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis;

namespace DeviceHarness.Drivers.CommsHub;

/// <summary>What the driver of a device behind a hub needs.</summary>
public sealed record HanDeviceOptions
{
    /// <summary>The device.</summary>
    public required DeviceId Id { get; init; }

    /// <summary>Its identifier: what the hub says of its channel is held against it before every request.</summary>
    public required Eui64 Identifier { get; init; }

    /// <summary>Its profile.</summary>
    public required DeviceProfile Profile { get; init; }

    /// <summary>Is told where a delivery or activation stands; null when nobody wants to know.</summary>
    public IProgress<FirmwareProgress>? FirmwareProgress { get; init; }

    /// <summary>Is awaited at the moments of a delivery or activation; null when nobody is.</summary>
    public IFirmwareMoments? FirmwareMoments { get; init; }
}
