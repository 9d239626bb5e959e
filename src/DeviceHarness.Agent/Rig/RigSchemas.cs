using System.Text;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Agent.Rig;

/// <summary>The published JSON Schemas of rig files and of the profiles that they name, for editors; the readers are what
/// decides.</summary>
public static class RigSchemas
{
    private const string Resource = "rig.schema.json";

    /// <summary>The schema of rig files, draft 2020-12.</summary>
    public static string Rig { get; } = Read();

    /// <summary>The schema of device profiles, draft 2020-12.</summary>
    public static string Profile => DeviceProfileSchema.Text;

    private static string Read()
    {
        using Stream stream = typeof(RigSchemas).Assembly.GetManifestResourceStream(Resource)
            ?? throw new System.Diagnostics.UnreachableException($"the resource {Resource} is embedded");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
