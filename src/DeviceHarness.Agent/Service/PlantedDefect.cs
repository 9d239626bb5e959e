using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Agent.Service;

/// <summary>A defect of the simulated service, as a command line names it.</summary>
public static class PlantedDefect
{
    /// <summary>The names of the defects of the simulated service.</summary>
    public static IEnumerable<string> Names => ServiceDefects.All.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether a defect is one of the simulated service, and not of a virtual device.</summary>
    /// <param name="defect">The defect, as <c>name</c> or <c>device:name</c>.</param>
    public static bool IsOfService(string defect)
    {
        ArgumentNullException.ThrowIfNull(defect);
        return ServiceDefects.All.ContainsKey(defect.Split(':', 2)[^1]);
    }

    /// <summary>Plants defects in the options of the simulated service.</summary>
    /// <exception cref="ConfigurationException">RIG-006: a defect's name, or its device, is not known.</exception>
    internal static ServiceOptions PlantAll(RigConfiguration rig, IReadOnlyList<string> defects, ServiceOptions options)
    {
        foreach (string defect in defects)
        {
            string[] parts = defect.Split(':', 2);
            RigDevice device = parts.Length == 1
                ? rig.Devices[0]
                : rig.Devices.FirstOrDefault(candidate => candidate.Id.Value == parts[0])
                    ?? throw Unknown(rig, parts[0], rig.Devices.Select(candidate => candidate.Id.Value));
            options = ServiceDefects.All.TryGetValue(parts[^1], out Func<ServiceOptions, Duis.Eui64, ServiceOptions>? plant)
                ? plant(options, device.Eui64)
                : throw Unknown(rig, parts[^1], Names);
        }

        return options;
    }

    private static ConfigurationException Unknown(RigConfiguration rig, string found, IEnumerable<string> allowed) =>
        new("RIG-006", rig.File, 0, 0, "--service-defect", $"'{found}'", string.Join(", ", allowed));
}
