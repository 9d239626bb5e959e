using System.Text.Json;
using DeviceHarness.TestKit;

namespace DeviceHarness.Virtual.Tests;

/// <summary>Octets that other people's clients and meters sent.</summary>
internal static class ThirdPartyVectors
{
    private static readonly Dictionary<string, string> ByName = Read();

    public static string Hex(string name) => ByName[name];

    public static byte[] Octets(string name) => Convert.FromHexString(ByName[name]);

    /// <summary>The frames of an exchange, in order, each with who sent it.</summary>
    public static (string Direction, byte[] Octets)[] Frames(string name) =>
        [.. ReadRows().Single(row => row.GetProperty("name").GetString() == name).GetProperty("fields").GetProperty("frames")
            .EnumerateArray().Select(frame => (frame.GetProperty("dir").GetString()!, Convert.FromHexString(Text(frame))))];

    /// <summary>All valid vectors of a layer.</summary>
    public static IReadOnlyList<byte[]> Layer(string layer) =>
        [.. ReadRows().Where(row => row.GetProperty("layer").GetString() == layer).Select(row => Convert.FromHexString(Text(row)))];

    private static Dictionary<string, string> Read() => ReadRows().ToDictionary(row => row.GetProperty("name").GetString()!, Text);

    private static string Text(JsonElement row) => row.GetProperty("hex").GetString()!;

    private static IEnumerable<JsonElement> ReadRows()
    {
        string path = Path.Combine(RepositoryRoot.Path, "firmware-fixtures", "dlms", "dlms-vectors.json");
        return JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("vectors").EnumerateArray();
    }
}
