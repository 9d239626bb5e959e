using System.Text;

namespace DeviceHarness.Packs.Loader;

/// <summary>The published JSON Schema of pack files, for editors; <see cref="PackLoader"/> is what decides.</summary>
public static class PackSchema
{
    private const string Resource = "pack.schema.json";

    /// <summary>The schema, draft 2020-12.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using Stream stream = typeof(PackSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new System.Diagnostics.UnreachableException($"the resource {Resource} is embedded");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
