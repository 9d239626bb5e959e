using DeviceHarness.TestKit;

namespace DeviceHarness.Repo.Tests;

/// <summary>A C# file of the repository.</summary>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. new[] { "src", "tests", "benchmarks" }
            .Select(folder => System.IO.Path.Combine(RepositoryRoot.Path, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(RepositoryRoot.Path, file))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllLines(System.IO.Path.Combine(RepositoryRoot.Path, path)))),
    ];
}
