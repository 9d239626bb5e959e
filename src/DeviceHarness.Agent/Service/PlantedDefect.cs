using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Agent.Service;

/// <summary>A defect of the simulated service, as a command line names it: <c>name</c>, <c>name:parameters</c>, <c>device:name</c> or
/// <c>device:name:parameters</c>.</summary>
public static class PlantedDefect
{
    /// <summary>The names of the defects of the simulated service, with their parameters.</summary>
    public static IEnumerable<string> Names => ServiceDefects.Names.Select(name => ServiceDefects.ParametersOf(name) is { Count: > 0 } known
        ? $"{name}[:{string.Join('|', known)}=…]"
        : name);

    /// <summary>Whether a defect is one of the simulated service, and not of a virtual device.</summary>
    /// <param name="defect">The defect.</param>
    public static bool IsOfService(string defect)
    {
        ArgumentNullException.ThrowIfNull(defect);
        return defect.Split(':').Take(2).Any(ServiceDefects.Names.Contains);
    }

    /// <summary>Checks defects before anything starts.</summary>
    /// <param name="rig">The rig that they are meant for.</param>
    /// <param name="defects">The defects; those of virtual devices are left alone.</param>
    /// <exception cref="ConfigurationException">RIG-006: a device, or a parameter, is not known, or a value is not allowed.</exception>
    public static void Check(RigConfiguration rig, IReadOnlyList<string> defects)
    {
        ArgumentNullException.ThrowIfNull(rig);
        foreach (string defect in defects.Where(IsOfService))
        {
            _ = Read(rig, defect);
        }
    }

    /// <summary>Plants defects in the options of the simulated service.</summary>
    /// <exception cref="ConfigurationException">RIG-006: a defect's name, its device or a parameter is not known.</exception>
    internal static ServiceOptions PlantAll(RigConfiguration rig, IReadOnlyList<string> defects, ServiceOptions options)
    {
        foreach (string defect in defects)
        {
            (RigDevice device, ServiceDefect planted) = Read(rig, defect);
            options = planted.Plant(options, device.Eui64);
        }

        return options;
    }

    private static (RigDevice Device, ServiceDefect Defect) Read(RigConfiguration rig, string text)
    {
        string[] parts = text.Split(':', 2);
        bool namesDevice = parts.Length == 2 && !ServiceDefects.Names.Contains(parts[0]);
        RigDevice device = namesDevice
            ? rig.Devices.FirstOrDefault(candidate => candidate.Id.Value == parts[0])
                ?? throw Wrong(rig, $"'{parts[0]}'", string.Join(", ", rig.Devices.Select(candidate => candidate.Id.Value)))
            : rig.Devices[0];
        return ServiceDefects.TryParse(namesDevice ? parts[1] : text, out ServiceDefect? defect, out DefectFault? fault)
            ? (device, defect)
            : throw Wrong(rig, fault.Found, fault.Allowed);
    }

    private static ConfigurationException Wrong(RigConfiguration rig, string found, string allowed) =>
        new("RIG-006", rig.File, 0, 0, "--service-defect", found, allowed);
}
