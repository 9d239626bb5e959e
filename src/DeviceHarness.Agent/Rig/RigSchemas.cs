using System.Text;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Agent.Rig;

/// <summary>The published JSON Schemas of rig files and of the files that they name, for editors; the readers are what
/// decides.</summary>
public static class RigSchemas
{
    /// <summary>The schema of rig files, draft 2020-12.</summary>
    public static string Rig { get; } = Read("rig.schema.json");

    /// <summary>The schema of firmware registers, draft 2020-12.</summary>
    public static string Firmware { get; } = Read("firmware.schema.json");

    /// <summary>The schema of device profiles, draft 2020-12.</summary>
    public static string Profile => DeviceProfileSchema.Text;

    /// <summary>The schema of the profiles of devices of a home area network.</summary>
    public static string HanProfile => DeviceProfileSchema.Han;

    private static string Read(string resource)
    {
        using Stream stream = typeof(RigSchemas).Assembly.GetManifestResourceStream(resource)
            ?? throw new System.Diagnostics.UnreachableException($"the resource {resource} is embedded");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
