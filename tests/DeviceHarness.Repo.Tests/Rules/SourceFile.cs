using DeviceHarness.TestKit;

namespace DeviceHarness.Repo.Tests.Rules;

/// <summary>A text file of the repository: its path from the root, with '/', and its lines.</summary>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    /// <summary>A larger file is data.</summary>
    private const int MaximumOctets = 1024 * 1024;

    private static readonly string[] MadeFolders =
        ["bin", "obj", "node_modules", ".git", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Every text file, whatever its name.</summary>
    public static IReadOnlyList<SourceFile> Texts { get; } = [.. ReadAll()];

    /// <summary>The C# files.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
    [
        .. Texts.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => file.Path.Split('/')[0] is "src" or "tests" or "benchmarks"),
    ];

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>The paths of the files of one ending, from the root.</summary>
    public static IEnumerable<string> PathsOf(string ending) => Paths().Where(path => path.EndsWith(ending, StringComparison.Ordinal));

    private static IEnumerable<string> Paths() =>
        Directory.EnumerateFiles(RepositoryRoot.Path, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(RepositoryRoot.Path, file))
            .Where(path => !path.StartsWith("runs/", StringComparison.Ordinal) && !path.Split('/').Any(MadeFolders.Contains))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<SourceFile> ReadAll()
    {
        foreach (string path in Paths())
        {
            FileInfo file = new(System.IO.Path.Combine(RepositoryRoot.Path, path));
            if (file.Length <= MaximumOctets && !File.ReadAllBytes(file.FullName).AsSpan().Contains((byte)0))
            {
                yield return new SourceFile(path, File.ReadAllLines(file.FullName));
            }
        }
    }
}
