namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>How an adapter is set up, whatever its kind.</summary>
public sealed record ZigBeeAdapterSettings
{
    /// <summary>The kind of adapter, see <see cref="ZigBeeAdapters.Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The endpoints that the harness serves.</summary>
    public IReadOnlyList<ZigBeeEndpoint> Endpoints { get; init; } = [ZigBeeEndpoint.ServiceInterface];

    /// <summary>The manufacturer code that the adapter shows.</summary>
    public ushort ManufacturerCode { get; init; } = 0x1002;

    /// <summary>How many devices may have a link key of their own: two more entries are kept for joining.</summary>
    public ushort Devices { get; init; } = 62;

    /// <summary>Whether the line has RTS and CTS; without them XOFF of the adapter is obeyed.</summary>
    public bool HasHardwareFlowControl { get; init; } = true;

    /// <summary>Whether the adapter is asked for a certificate and a curve library of its own.</summary>
    public bool UsesOwnKeyAgreement { get; init; }

    /// <summary>How long a message may take until the adapter says what came of it: longer than a sleeping child's 7.68 s.</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
