namespace DeviceHarness.Duis.Service;

/// <summary>A defect of the simulated service with its parameters.</summary>
public sealed class ServiceDefect
{
    private readonly Func<ServiceOptions, Eui64, ServiceOptions> _plant;

    internal ServiceDefect(string name, Func<ServiceOptions, Eui64, ServiceOptions> plant)
    {
        Name = name;
        _plant = plant;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Plants it in the service's options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="device">The device whose requests are hit; a defect of the service's rules hits those of every device.</param>
    public ServiceOptions Plant(ServiceOptions options, Eui64 device) => _plant(options, device);
}

/// <summary>What is wrong with a defect as somebody wrote it.</summary>
/// <param name="Found">What was found.</param>
/// <param name="Allowed">What is allowed.</param>
public sealed record DefectFault(string Found, string Allowed);
