using System.Text.Json;

namespace DeviceHarness.TestKit;

/// <summary>One test vector of a fixture file: octets and what an independent source says they mean.</summary>
/// <param name="Name">The vector's name, unique in its file.</param>
/// <param name="Layer">The protocol layer that the octets belong to.</param>
/// <param name="Octets">The octets.</param>
/// <param name="IsValid">False when a receiver must refuse, or survive, them.</param>
/// <param name="Fields">What the source says about single fields.</param>
/// <param name="Decoded">What an independent decoder made of the whole; an undefined element when there is none.</param>
public sealed record TestVector(string Name, string Layer, byte[] Octets, bool IsValid, JsonElement Fields, JsonElement Decoded)
{
    /// <summary>Reads a vector file under <c>firmware-fixtures</c>.</summary>
    public static IReadOnlyList<TestVector> Load(string relativePath)
    {
        string path = Path.Combine(RepositoryRoot.Path, "firmware-fixtures", relativePath);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(Read)];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static TestVector Read(JsonElement element) => new(
        element.GetProperty("name").GetString()!,
        element.GetProperty("layer").GetString()!,
        element.GetProperty("hex").GetString()!.Octets(),
        element.GetProperty("valid").GetBoolean(),
        element.GetProperty("fields").Clone(),
        element.TryGetProperty("decoded", out JsonElement decoded) ? decoded.Clone() : default);
}
