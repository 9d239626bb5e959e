namespace DeviceHarness.Duis.Service;

/// <summary>Something that goes wrong between a device and the User, for the requests that it hits. The device does its work all the
/// same.</summary>
public abstract record RequestFault
{
    /// <summary>The devices whose requests are hit; null for all.</summary>
    public IReadOnlySet<Eui64>? Devices { get; init; }

    /// <summary>The only service reference variant that is hit; null for all.</summary>
    public string? Srv { get; init; }

    /// <summary>The share of those requests that is hit, 0 to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>How many are hit at most, 1 or more; null for no limit.</summary>
    public int? Times { get; init; }

    /// <summary>The seed of the choice of requests.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>The SMETS1 Service Provider hands a response, or the alert that follows an 11.1, on late.</summary>
public sealed record LateResponse : RequestFault
{
    /// <summary>How much later it comes.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>The device did what it was told, and the SMETS1 Service Provider loses its response: the User is told that none came, and the
/// inventory learns nothing.</summary>
/// <remarks>With 11.3 this is what SEC modification MP105 was raised for: the device runs the new firmware and stays Suspended.</remarks>
public sealed record LostResponse : RequestFault;
