using System.Globalization;
using DeviceHarness.TestKit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>A folder of one test, with a rig file of virtual devices whose lines cost no time. How long an answer may take is chosen for a
/// machine that stalls: a meter that answers has half a minute, and one that is known to be silent costs three seconds a request. The first
/// device, where defects are planted, may be given less: each silence of a restart or a defect costs as long. Cases run one after the
/// other, so that what a run prints is in their order.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>How long the first device may take to answer where it restarts: each restart is noticed by that silence.</summary>
    public const int RestartSeconds = 2;

    private const string OfASilentMeter = "overrides: { response-timeout: 1s, retries: 2 }";

    private const int SecondsOfAMeterThatAnswers = 10;

    public RunFolder(int firstDeviceSeconds = SecondsOfAMeterThatAnswers)
    {
        Path = Directory.CreateTempSubdirectory("harness-e2e-").FullName;
        string rig = WithFirst(firstDeviceSeconds, File.ReadAllText(System.IO.Path.Combine(RepositoryRoot.Path, "rig-config.yaml")))
            .Replace("via: virtual, model", "via: virtual, paced: false, model", StringComparison.Ordinal)
            .Replace("overrides: { response-timeout: 400ms, retries: 1 }", OfASilentMeter, StringComparison.Ordinal)
            .Replace("    facts:", $"    {Answers(SecondsOfAMeterThatAnswers)}\n    facts:", StringComparison.Ordinal)
            .Replace("parallel: 2\n", string.Empty, StringComparison.Ordinal)
            .Replace("model: rigs/", $"model: {RepositoryRoot.Path}/rigs/", StringComparison.Ordinal);
        File.WriteAllText(RigConfig, rig);
        Directory.CreateSymbolicLink(System.IO.Path.Combine(Path, "rigs"), System.IO.Path.Combine(RepositoryRoot.Path, "rigs"));
    }

    public string Path { get; }

    public string RigConfig => System.IO.Path.Combine(Path, "rig-config.yaml");

    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>The folder that the one demo of the test made.</summary>
    public string Run => Directory.GetDirectories(System.IO.Path.Combine(Path, "runs")).Single();

    /// <summary>The text of the demo's report whose name matches.</summary>
    public string Report(string pattern) => File.ReadAllText(Directory.GetFiles(Run, pattern).Single());

    /// <summary>The command lines of this machine's processes that name the folder.</summary>
    public IReadOnlyList<string> Processes() => [.. ProcessIds().Select(id => CommandLine($"/proc/{id}"))];

    /// <summary>The ids of this machine's processes whose command line names the folder.</summary>
    public IReadOnlyList<int> ProcessIds() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(folder => CommandLine(folder).Contains(Path, StringComparison.Ordinal))
            .Select(folder => int.Parse(System.IO.Path.GetFileName(folder), CultureInfo.InvariantCulture)),
    ];

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Answers(int seconds) => $"overrides: {{ response-timeout: {seconds}s, retries: 2 }}";

    private static string WithFirst(int seconds, string rig)
    {
        int place = rig.IndexOf("    facts:", StringComparison.Ordinal);
        return string.Concat(rig.AsSpan(0, place), $"    {Answers(seconds)}\n    facts :", rig.AsSpan(place + 10));
    }

    private static string CommandLine(string folder)
    {
        if (!System.IO.Path.GetFileName(folder).All(char.IsAsciiDigit))
        {
            return string.Empty;
        }

        try
        {
            return File.ReadAllText(System.IO.Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // The process ended while the list was read.
            return string.Empty;
        }
    }
}
