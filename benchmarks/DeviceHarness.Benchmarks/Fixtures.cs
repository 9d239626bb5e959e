using System.Text.Json;

namespace DeviceHarness.Benchmarks;

/// <summary>The repository's fixtures: octets that our encoders did not make.</summary>
internal static class Fixtures
{
    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> DlmsVectors = new(ReadDlms);

    /// <summary>The folder that holds <c>DeviceHarness.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>The octets of a valid vector of <c>firmware-fixtures/dlms/dlms-vectors.json</c>.</summary>
    /// <param name="name">The vector's name.</param>
    public static byte[] Dlms(string name) => DlmsVectors.Value.TryGetValue(name, out byte[]? octets)
        ? octets
        : throw new InvalidOperationException($"no valid vector '{name}' in firmware-fixtures/dlms/dlms-vectors.json");

    /// <summary>A file of the repository.</summary>
    /// <param name="relativePath">Its path from the root.</param>
    public static string FilePath(string relativePath) => Path.Combine(RepositoryRoot, relativePath);

    private static Dictionary<string, byte[]> ReadDlms()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(FilePath("firmware-fixtures/dlms/dlms-vectors.json")));
        return document.RootElement.GetProperty("vectors").EnumerateArray()
            .Where(vector => vector.GetProperty("valid").GetBoolean())
            .ToDictionary(
                vector => vector.GetProperty("name").GetString()!,
                vector => Convert.FromHexString(vector.GetProperty("hex").GetString()!),
                StringComparer.Ordinal);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DeviceHarness.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"no DeviceHarness.sln above {AppContext.BaseDirectory}: run the benchmarks from their build folder");
    }
}
