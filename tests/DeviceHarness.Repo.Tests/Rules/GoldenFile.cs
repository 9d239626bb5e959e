using DeviceHarness.TestKit;

namespace DeviceHarness.Repo.Tests.Rules;

/// <summary>A committed listing that the code is held against, so that a change is a visible difference.</summary>
internal static class GoldenFile
{
    private const string AcceptVariable = "HARNESS_ACCEPT_GOLDEN";

    /// <summary>Says what differs, or nothing; writes the file instead when the environment asks for it.</summary>
    public static IReadOnlyList<string> Differences(string name, IReadOnlyList<string> lines)
    {
        string path = Path.Combine(RepositoryRoot.Path, "tests", "DeviceHarness.Repo.Tests", "Golden", name);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllLines(path, lines);
        }

        return Differences(File.Exists(path) ? File.ReadAllLines(path) : [], lines);
    }

    /// <summary>Lines that only one of two listings has: '-' for the committed one, '+' for the present one.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<string> committed, IReadOnlyList<string> present) =>
        [.. committed.Except(present).Select(line => $"- {line}"), .. present.Except(committed).Select(line => $"+ {line}")];

    /// <summary>What to do about a difference.</summary>
    public static string Advice { get; } =
        $"if the change is meant, run the tests once with {AcceptVariable}=1 and commit the files in tests/DeviceHarness.Repo.Tests/Golden";
}
