using DeviceHarness.Drivers.Capabilities;

namespace DeviceHarness.Drivers.Han.Upgrades;

/// <summary>How firmware comes to one device of a home area network.</summary>
public sealed record HanFirmwareOptions
{
    /// <summary>The network.</summary>
    public required HanNetwork Network { get; init; }

    /// <summary>Its upgrade server.</summary>
    public required HanUpgrades Upgrades { get; init; }

    /// <summary>The device, and the endpoint of its OTA Upgrade client.</summary>
    public required HanTarget Target { get; init; }

    /// <summary>Which images are for the device model.</summary>
    public required FirmwareModel Model { get; init; }

    /// <summary>Tells which firmware runs.</summary>
    public required IFirmwareIdentity Identity { get; init; }

    /// <summary>How long it may take to run an image that it was told to run, restart and wake included; 1 s to 24 h.</summary>
    public TimeSpan ActivationTimeout { get; init; } = TimeSpan.FromMinutes(40);

    /// <summary>How long it is left alone between two questions what runs.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it may take to ask for an image that it was told of, beyond two of its wakes; 1 s to 24 h.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often it wakes, if it sleeps; null for the network's setting.</summary>
    public TimeSpan? WakeInterval { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Is told how far a delivery is; null when nobody is.</summary>
    public IProgress<FirmwareProgress>? Progress { get; init; }
}
