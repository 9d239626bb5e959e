using System.Collections.Frozen;

namespace DeviceHarness.Duis.Service;

/// <summary>The defects that can be planted in the simulated service, by the names that command lines use.</summary>
public static class ServiceDefects
{
    /// <summary>Each defect by its name: how it changes the service's options for one device.</summary>
    public static IReadOnlyDictionary<string, Func<ServiceOptions, Eui64, ServiceOptions>> All { get; } =
        new Dictionary<string, Func<ServiceOptions, Eui64, ServiceOptions>>(StringComparer.Ordinal)
        {
            ["late-acknowledgement"] = AcknowledgeLate,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static ServiceOptions AcknowledgeLate(ServiceOptions options, Eui64 device)
    {
        LateAcknowledgement late = options.LateAcknowledgement ?? new LateAcknowledgement { Devices = new HashSet<Eui64>() };
        return options with
        {
            LateAcknowledgement = late with { Devices = new HashSet<Eui64>(late.Devices ?? new HashSet<Eui64>()) { device } },
        };
    }
}
