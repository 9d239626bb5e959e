using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.EndToEnd.Tests.Secrets;
using DeviceHarness.TestKit;
using FluentAssertions;

namespace DeviceHarness.EndToEnd.Tests.Keys;

/// <summary>A folder of one test with the rig of <c>rigs/secured</c>. Its lines cost no time, and its meter has a minute for an
/// answer: only one that is silent on purpose takes it.</summary>
internal sealed partial class SecuredFolder : IDisposable
{
    /// <summary>The rig's name.</summary>
    public const string Rig = "secured";

    /// <summary>The secured meter.</summary>
    public const string Meter = "esme-01";

    private const string LinksOfTheFile = "via: virtual, model: ../virtual/";
    private const string OverridesOfTheFile = "    overrides:\n      association:\n";
    private const string MasterOfTheFile = "master-key: test:1C2D3E4F5A6B7C8D9EAFB0C1D2E3F405";

    private readonly List<KeySet> _keys = [];
    private readonly Dictionary<string, string> _told = [];

    public SecuredFolder()
    {
        Path = Directory.CreateTempSubdirectory("harness-e2e-").FullName;
        string text = File.ReadAllText(System.IO.Path.Combine(RepositoryRoot.Path, "rigs", "secured", "rig.yaml"));
        text.Should().Contain(LinksOfTheFile).And.Contain(OverridesOfTheFile).And.Contain(MasterOfTheFile);
        text = text
            .Replace(LinksOfTheFile, $"via: virtual, paced: false, model: {RepositoryRoot.Path}/rigs/virtual/", StringComparison.Ordinal)
            .Replace(
                OverridesOfTheFile, "    overrides:\n      response-timeout: 60s\n      retries: 2\n      association:\n",
                StringComparison.Ordinal);
        File.WriteAllText(RigConfig, text);
        File.WriteAllText(
            WrongMaster,
            text.Replace(MasterOfTheFile, "master-key: test:00112233445566778899AABBCCDDEEFF", StringComparison.Ordinal));
        Directory.CreateSymbolicLink(System.IO.Path.Combine(Path, "rigs"), System.IO.Path.Combine(RepositoryRoot.Path, "rigs"));
    }

    public string Path { get; }

    public string RigConfig => In("rig.yaml");

    /// <summary>The same rig, with a master key that its meter does not know.</summary>
    public string WrongMaster => In("wrong-master.yaml");

    public string Data => In("data");

    /// <summary>Where an agent keeps a meter's keys, counters and attempts.</summary>
    public string Security => SecurityOf(Data);

    public static string SecurityOf(string data) => System.IO.Path.Combine(data, "security", Rig, Meter);

    /// <summary>What is kept of the meter's keys.</summary>
    public static KeyRecord KeysIn(string data) =>
        new DeviceKeyStore(DiskKeyStorage.Of(data, Rig, Meter), KeyStoreKey.Open(data), $"{Rig}/{Meter}").Read()!;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Serves the rig's meters from the test's data folder.</summary>
    /// <param name="defect">What is planted in the secured one; null for nothing.</param>
    public async Task<HarnessProcess> StartBenchAsync(string? defect = null)
    {
        string[] planted = defect is null ? [] : ["--defect", $"{Meter}:{defect}"];
        HarnessProcess bench = HarnessProcess.Start(Path, ["bench", "up", "--rig-config", RigConfig, .. planted, "--data", Data]);
        await bench.WaitForLineAsync("serving until Ctrl-C");
        return bench;
    }

    /// <summary>Runs one command on the rig, to its end; what it prints is kept.</summary>
    /// <param name="exitCode">How it has to end.</param>
    /// <param name="arguments">The command; the rig is added, unless it names one.</param>
    /// <returns>Its standard output, or standard error when there is none.</returns>
    public async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        string[] whole = OnRig(arguments);
        await using HarnessProcess process = await HarnessProcess.RunAsync(Path, whole);
        string command = string.Join(' ', arguments);
        Keep($"{_told.Count.ToString(CultureInfo.InvariantCulture)} {command}", process);
        process.ExitCode.Should().Be(exitCode, $"{command}\n{process.Output}\n{process.Error}");
        LearnKeys();
        return process.Output.Length > 0 ? process.Output : process.Error;
    }

    /// <summary>Runs one command on the rig in this process.</summary>
    /// <param name="exitCode">How it has to end.</param>
    /// <param name="arguments">The command; the rig is added, unless it names one.</param>
    /// <returns>Its standard output, or standard error when there is none.</returns>
    public async Task<string> AskAsync(int exitCode, params string[] arguments)
    {
        CommandRun run = await CommandRun.OfAsync(OnRig(arguments));
        run.ExitCode.Should().Be(exitCode, $"{string.Join(' ', arguments)}\n{run.Output}\n{run.Error}");
        return run.Output.Length > 0 ? run.Output : run.Error;
    }

    /// <summary>Keeps what a process printed.</summary>
    public void Keep(string name, HarnessProcess process) => _told[name] = process.Output + process.Error;

    /// <summary>Every place where a key stands that was ever used here; empty when there is none.</summary>
    /// <remarks>The key of the key store is in its own file by nature. What is below <c>flash</c> is the memory of the virtual meter: the
    /// device, that has to know its keys.</remarks>
    public IReadOnlyList<string> Leaks()
    {
        SecretScanner scanner = Scanner();
        string keyFile = KeyStoreKey.FileOf(Data);
        IEnumerable<string> inFiles = Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).LinkTarget is null && file != keyFile && !file.Contains("/flash/", StringComparison.Ordinal))
            .SelectMany(file => scanner.Find(File.ReadAllBytes(file)).Select(found => $"{file}: {found}"));
        IEnumerable<string> printed = _told.SelectMany(
            told => scanner.Find(Encoding.UTF8.GetBytes(told.Value)).Select(found => $"what '{told.Key}' printed: {found}"));
        return [.. inFiles, .. printed];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Knows every key of the rig files, of the key store, and that of the store itself.</summary>
    public SecretScanner Scanner()
    {
        SecretScanner scanner = new();
        foreach (Match key in KeysOfFiles().Matches(File.ReadAllText(RigConfig) + File.ReadAllText(WrongMaster)))
        {
            scanner.Add($"a key of the rig file that begins with {key.Groups[1].Value[..2]}", Convert.FromHexString(key.Groups[1].Value));
        }

        foreach (KeySet keys in _keys)
        {
            scanner.Add($"encryption key of {keys}", keys.Encryption.Reveal());
            scanner.Add($"authentication key of {keys}", keys.Authentication.Reveal());
        }

        scanner.Add("key of the key store", KeyStoreKey.Open(Data).Reveal());
        return scanner;
    }

    [GeneratedRegex("-key: test:([0-9A-F]{32})")]
    private static partial Regex KeysOfFiles();

    private string[] OnRig(string[] arguments) =>
        [.. arguments, .. arguments.Contains("--rig-config") ? (string[])[] : ["--rig-config", RigConfig], "--data", Data];

    private void LearnKeys()
    {
        if (File.Exists(KeyStoreKey.FileOf(Data)) && Directory.Exists(Security) && Directory.EnumerateFiles(Security, "keys.?").Any())
        {
            KeyRecord record = KeysIn(Data);
            _keys.AddRange(new[] { record.Active, record.Candidate, record.Retired }.OfType<KeySet>().Except(_keys));
        }
    }
}
