using System.Text;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>The published JSON Schema of device profiles, for editors; <see cref="DeviceProfileLoader"/> is what decides.</summary>
public static class DeviceProfileSchema
{
    private const string Resource = "profile.schema.json";

    /// <summary>The schema, draft 2020-12.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using Stream stream = typeof(DeviceProfileSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new System.Diagnostics.UnreachableException($"the resource {Resource} is embedded");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
