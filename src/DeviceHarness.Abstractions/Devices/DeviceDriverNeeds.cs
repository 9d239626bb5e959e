using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Abstractions.Devices;

/// <summary>What a driver from an assembly of its own is made from.</summary>
public sealed record DeviceDriverNeeds
{
    /// <summary>The device's name in the rig file.</summary>
    public required DeviceId Id { get; init; }

    /// <summary>Its DUIS device type, such as <c>ESME</c>.</summary>
    public required string DeviceType { get; init; }

    /// <summary>The name of its profile in the rig file; what it means is the driver's own affair.</summary>
    public required string Profile { get; init; }

    /// <summary>Its open line; whoever opened it disposes of it after the driver.</summary>
    public required IByteTransport Transport { get; init; }

    /// <summary>The clock of the driver's time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the adapter's latency timer may add to each answer; zero when it tells of none.</summary>
    public TimeSpan AdapterLatency { get; init; } = TimeSpan.Zero;
}
