namespace DeviceHarness.Virtual.Ppmid;

/// <summary>One virtual prepayment meter interface device.</summary>
public sealed record PpmidModel
{
    /// <summary>Its EUI-64.</summary>
    public required ulong Eui64 { get; init; }

    /// <summary>Its manufacturer, 1 to 32 characters.</summary>
    public required string Manufacturer { get; init; }

    /// <summary>Its model, 1 to 32 characters.</summary>
    public required string ModelName { get; init; }

    /// <summary>The version of its firmware: three or four numbers of 0 to 255.</summary>
    public required string FirmwareVersion { get; init; }

    /// <summary>The endpoint of the trust centre at which it reads the gas meter, and by which it tops it up (1 to 240).</summary>
    public byte MeterEndpoint { get; init; } = 1;

    /// <summary>How often it reads the meter (1 s to 24 h).</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromMinutes(1);
}
