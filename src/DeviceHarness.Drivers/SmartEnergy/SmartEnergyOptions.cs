using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Han.Upgrades;
using DeviceHarness.Drivers.Ppmid;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>What the driver of a device of a home area network is made from.</summary>
public sealed record SmartEnergyOptions
{
    /// <summary>The device's name in the rig file.</summary>
    public required DeviceId Id { get; init; }

    /// <summary>Its EUI-64, as a number.</summary>
    public required ulong Eui64 { get; init; }

    /// <summary>Its model.</summary>
    public required SmartEnergyProfile Profile { get; init; }

    /// <summary>The network that it is in; whoever made it disposes of it after the driver.</summary>
    public required HanNetwork Network { get; init; }

    /// <summary>The upgrade server that the harness is to the network; null where it is none.</summary>
    public HanUpgrades? Upgrades { get; init; }

    /// <summary>The message that the network publishes; null where the harness is not its trust centre.</summary>
    public MessageDesk? Messages { get; init; }

    /// <summary>The device log that the harness keeps as the hub of the network; null where it is not its trust centre.</summary>
    public IHanDeviceLog? DeviceLog { get; init; }

    /// <summary>Is told how far a delivery of firmware is; null when nobody is.</summary>
    public IProgress<FirmwareProgress>? FirmwareProgress { get; init; }

    /// <summary>The clock of the time-outs.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The clock that commands are stamped by; null for <see cref="TimeProvider"/>.</summary>
    public TimeProvider? Calendar { get; init; }
}
