using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.Han;

/// <summary>What is the same for many requests to a device.</summary>
public sealed record ZclOptions
{
    /// <summary>What the network's settings and the clusters ask for.</summary>
    public static ZclOptions Default { get; } = new();

    /// <summary>The side that we are: a client asks for attributes of the server. An OTA client's own attributes are asked for as
    /// server.</summary>
    public ZclSide From { get; init; } = ZclSide.Client;

    /// <summary>The manufacturer whose attributes are meant; null for those of the library.</summary>
    public ushort? ManufacturerCode { get; init; }

    /// <summary>Which key protects the request.</summary>
    public ZclProtection Protection { get; init; }

    /// <summary>How long the device may take to answer; null for the network's setting.</summary>
    public TimeSpan? ResponseTimeout { get; init; }

    /// <summary>How often the device wakes, if it sleeps; null for the network's setting.</summary>
    public TimeSpan? WakeInterval { get; init; }

    /// <summary>A request under these terms.</summary>
    /// <param name="request">The request.</param>
    public ZclRequest Apply(ZclRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with
        {
            From = request.Type == ZclFrameType.Global ? From : request.From,
            ManufacturerCode = ManufacturerCode ?? request.ManufacturerCode,
            Protection = Protection,
            ResponseTimeout = ResponseTimeout,
            WakeInterval = WakeInterval,
        };
    }
}
