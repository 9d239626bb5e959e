using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;

namespace DeviceHarness.Agent.Bench;

/// <summary>What a driver is made from.</summary>
/// <param name="Device">The device.</param>
/// <param name="Profile">Its profile, with the rig file's overrides; null for a driver that is not the harness's.</param>
/// <param name="Transport">Its open line.</param>
/// <param name="AdapterLatency">What the adapter may add to each answer; zero when it tells of none.</param>
internal sealed record DriverNeeds(RigDevice Device, DeviceProfile? Profile, IByteTransport Transport, TimeSpan AdapterLatency)
{
    /// <summary>What must not be forgotten of the device's credentials.</summary>
    public required IDeviceSecurityStore Security { get; init; }

    /// <summary>Where the device's keys are kept over their rotations; null for a device that has none to rotate.</summary>
    public IDeviceKeyStore? Keys { get; init; }

    /// <summary>What is drawn for each association in a replay; null where chance draws.</summary>
    public IAssociationDraws? Draws { get; init; }

    /// <summary>The driver's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the time is on the bench; null where it runs with <see cref="Time"/>.</summary>
    public TimeProvider? Calendar { get; init; }

    /// <summary>Is told where a firmware delivery or activation stands; null when nobody wants to know.</summary>
    public IProgress<FirmwareProgress>? FirmwareProgress { get; init; }

    /// <summary>Is awaited at the moments of a firmware delivery or activation; null when nobody is.</summary>
    public IFirmwareMoments? FirmwareMoments { get; init; }
}
