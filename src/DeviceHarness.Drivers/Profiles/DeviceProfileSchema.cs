using System.Text;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>The published JSON Schema of device profiles, for editors; <see cref="DeviceProfileLoader"/> is what decides.</summary>
public static class DeviceProfileSchema
{
    /// <summary>The schema, draft 2020-12.</summary>
    public static string Text { get; } = Read("profile.schema.json");

    /// <summary>The schema of the profiles of devices of a home area network, which <see cref="SmartEnergy.SmartEnergyProfile"/> reads;
    /// draft 2020-12.</summary>
    public static string Han { get; } = Read("han-profile.schema.json");

    private static string Read(string resource)
    {
        using Stream stream = typeof(DeviceProfileSchema).Assembly.GetManifestResourceStream(resource)
            ?? throw new System.Diagnostics.UnreachableException($"the resource {resource} is embedded");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
