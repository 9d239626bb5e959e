using System.Runtime.Versioning;
using System.Text;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Secrets;

/// <summary>A whole run, with rotated keys, a defect, a wrong password, refusals, errors and a killed orchestrator, at the most talkative
/// level of the logs: nothing that it wrote holds a password, a key, an HLS secret, a UTRN or an MPxN.</summary>
[SupportedOSPlatform("linux")]
public sealed class SecretsOfARunTests
{
    private const int Stop = 19;
    private const int Continue = 18;
    private const int Kill = 9;

    private static readonly Dictionary<string, string> Talkative = new() { ["HARNESS_LOG_LEVEL"] = "Trace" };

    [Fact]
    public async Task Nothing_that_a_run_writes_holds_a_secret()
    {
        using SecretBench folder = new();
        Dictionary<string, string> consoles = [];

        await RunEverythingAsync(folder, consoles);

        SecretScanner scanner = folder.Scanner();
        folder.KeySets.Should().Be(4, "four rotations were confirmed: no key is left out");
        KnownPlacesOf(folder).Should().OnlyContain(
            place => scanner.Find(File.ReadAllBytes(place)).Count > 0, "the secrets are where people and the agent keep them");
        folder.KeyFiles.Should().HaveCount(2).And.OnlyContain(
            file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        string[] files = [.. WrittenFilesOf(folder)];
        byte[][] stored = [.. RowsOf(Path.Combine(folder.Data, "harness.db"))];
        stored.Select(Encoding.UTF8.GetString).Should()
            .Contain(text => text.Contains(">**</sr:UTRN>", StringComparison.Ordinal), "requests with secrets are in the evidence")
            .And.Contain(text => text.Contains("\"SEC-04\"", StringComparison.Ordinal))
            .And.Contain(text => text.Contains("\"KEY-03\"", StringComparison.Ordinal), "the rotations left their evidence");
        files.Should().Contain(file => file.EndsWith(".db-wal", StringComparison.Ordinal))
            .And.Contain(file => file.Contains("/agent/", StringComparison.Ordinal) && file.EndsWith(".journal", StringComparison.Ordinal));
        Leaks(scanner, files, stored, consoles).Should().BeEmpty();
    }

    private static async Task RunEverythingAsync(SecretBench folder, Dictionary<string, string> consoles)
    {
        string[] data = ["--data", folder.Data];
        await using HarnessProcess orchestrator = Start(folder, ["orchestrator", "--grpc", "http://127.0.0.1:0", .. data]);
        await orchestrator.WaitForLineAsync("orchestrator at");
        await using HarnessProcess bench = Start(
            folder, ["bench", "up", "--rig-config", folder.In("rig-config.yaml"), "--defect", "stuck-version", .. data]);
        await bench.WaitForLineAsync("serving until Ctrl-C");
        await using HarnessProcess agent = Start(folder, ["agent", "--rig-config", folder.In("rig-config.yaml"), .. data]);
        await agent.WaitForLineAsync("is connected to");

        await RotateKeysAsync(folder, consoles, data);
        await RunCycleAsync(folder, consoles, data);
        await LoseOrchestratorAsync(folder, consoles, orchestrator, bench, agent, data);

        consoles["orchestrator"] = orchestrator.Output + orchestrator.Error;
        consoles["bench"] = bench.Output + bench.Error;
        consoles["agent"] = agent.Output + agent.Error;
        consoles["agent"].Should().Contain("SEC-06 ended");
        consoles["orchestrator"].Should().Contain(" trce: ", "the log is as talkative as it can be");
    }

    /// <summary>After each run the keys are learnt: the store holds those of the last rotation and those before.</summary>
    private static async Task RotateKeysAsync(SecretBench folder, Dictionary<string, string> consoles, string[] data)
    {
        foreach (string[] cases in (string[][])[["KEY-01", "KEY-02"], ["KEY-03"]])
        {
            string[] only = [.. cases.SelectMany(name => (string[])["--only", name])];
            string command = $"key-rotation {string.Join(' ', cases)}";
            consoles[command] = await ToldAsync(folder, 0, ["run", "key-rotation", .. only, .. data]);
            folder.LearnRotatedKeys();
        }

        string report = Path.Combine(folder.Output, "keys.html");
        consoles["report of the rotations"] = await ToldAsync(folder, 0, ["report", "cycle", "--format", "html", "-o", report, .. data]);
        foreach (string[] format in (string[][])[[], ["--json"]])
        {
            consoles[$"keys list {string.Concat(format)}"] = await ToldAsync(
                folder, 0, ["keys", "list", "--rig-config", folder.In("rig-config.yaml"), .. format, .. data]);
        }
    }

    private static async Task RunCycleAsync(SecretBench folder, Dictionary<string, string> consoles, string[] data)
    {
        int[] cases = [1, 2, 3, 4, 5, 7];
        string[] only = [.. cases.SelectMany(number => (string[])["--only", $"SEC-0{number}"])];
        consoles["run"] = await ToldAsync(folder, 1, ["run", folder.In("pack.yaml"), .. only, .. data]);
        consoles["run"].Should().Contain("SEC-02").And.Contain("SEC-03").And.Contain("TI-0001");
        consoles["plan"] = await ToldAsync(
            folder, 0, ["run", folder.In("pack.yaml"), "--plan", "--rig-config", folder.In("rig-config.yaml"), "--json"]);
        consoles["literal"] = await ToldAsync(folder, 2, ["run", folder.In("literal.yaml"), .. data]);
        consoles["literal"].Should().Contain("written out (not shown)");
        folder.WriteRequests();
        consoles["send"] = await ToldAsync(
            folder, 0, ["send", folder.In("request.xml"), "--acknowledgement", "--sign-with", folder.In("user.pem"), .. data]);
        consoles["send"].Should().Contain("<ds:Signature");
        consoles["send top-up"] = await ToldAsync(folder, null, ["send", folder.In("top-up.xml"), .. data]);
        consoles["send broken"] = await ToldAsync(folder, 2, ["send", folder.In("broken.xml"), .. data]);
        consoles["send broken"].Should().Contain("CommandVariant").And.Contain("**");
        consoles["wrong key"] = await ToldAsync(
            folder, 2, ["send", folder.In("request.xml"), "--sign-with", folder.In("rig-config.yaml"), .. data]);
        foreach (string command in (string[])["cycles --json", "rigs --json", "issues", "issue show TI-0001 --json", "watch"])
        {
            consoles[command] = await ToldAsync(folder, null, [.. command.Split(' '), .. data]);
        }

        foreach (string format in (string[])["html", "junit"])
        {
            string file = Path.Combine(folder.Output, $"report.{format}");
            consoles[format] = await ToldAsync(folder, 0, ["report", "cycle", "--format", format, "-o", file, .. data]);
        }

        await ReplayAsync(folder, consoles, data);
    }

    private static async Task ReplayAsync(SecretBench folder, Dictionary<string, string> consoles, string[] data)
    {
        (string hash, byte[] evidence) = KeptEvidence.Of(Path.Combine(folder.Data, "harness.db"), "SEC-01")!.Value;
        await File.WriteAllBytesAsync(Path.Combine(folder.Output, "evidence.json"), evidence);
        consoles["replay"] = await ToldAsync(folder, 0, ["replay", hash, "--rig-config", folder.In("rig-config.yaml"), .. data]);
        consoles["replay"].Should().Contain("SEC-01");
    }

    /// <summary>The meter is silent until the orchestrator is dead: so the journal of the attempt stays on the agent's disk.</summary>
    private static async Task LoseOrchestratorAsync(
        SecretBench folder, Dictionary<string, string> consoles, HarnessProcess orchestrator, HarnessProcess bench, HarnessProcess agent,
        string[] data)
    {
        bench.Signal(Stop);
        await using HarnessProcess run = Start(folder, ["run", folder.In("pack.yaml"), "--only", "SEC-06", .. data]);
        try
        {
            await agent.WaitForLineAsync("case SEC-06");
            orchestrator.Signal(Kill);
            await orchestrator.WaitForExitAsync();
        }
        finally
        {
            bench.Signal(Continue);
        }

        await agent.WaitForLineAsync("Case SEC-06 ended");
        agent.Interrupt();
        bench.Interrupt();
        await agent.WaitForExitAsync();
        await bench.WaitForExitAsync();
        await run.WaitForExitAsync();
        consoles["run without orchestrator"] = run.Output + run.Error;
    }

    private static HarnessProcess Start(SecretBench folder, string[] arguments) =>
        HarnessProcess.StartWith(Talkative, folder.Output, arguments);

    private static async Task<string> ToldAsync(SecretBench folder, int? exitCode, string[] arguments)
    {
        await using HarnessProcess process = Start(folder, arguments);
        int code = await process.WaitForExitAsync();
        string told = process.Output + process.Error;
        (exitCode ?? code).Should().Be(code, $"{string.Join(' ', arguments)}\n{told}");
        return told;
    }

    private static IEnumerable<string> KnownPlacesOf(SecretBench folder) =>
    [
        .. folder.KeyFiles, folder.In("user.pem"), folder.In("mpan.txt"), folder.In("rig-config.yaml"), folder.In("top-up.xml"),
        folder.KeyStoreKeyFile, .. folder.CredentialFiles, folder.In("rigs/esme-03.yaml"), folder.In("rigs/esme-04.yaml"),
        folder.In("rigs/profiles/sesame.yaml"), folder.In("rigs/profiles/wrong-password.txt"), folder.In("rigs/esme-02.yaml"),
    ];

    private static IEnumerable<string> WrittenFilesOf(SecretBench folder) =>
        new[] { folder.Data, folder.Output }.SelectMany(root => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            .Where(file => new FileInfo(file).LinkTarget is null && !IsMemoryOfTheMeter(file))
            .Except(folder.KeyFiles.Append(folder.KeyStoreKeyFile));

    // A meter knows its keys and the last token that it was given; what it keeps is its own, as behind a real line.
    private static bool IsMemoryOfTheMeter(string file) => file.Contains("/flash/", StringComparison.Ordinal);

    private static IEnumerable<string> Leaks(
        SecretScanner scanner, IEnumerable<string> files, IEnumerable<byte[]> stored, Dictionary<string, string> consoles) =>
        files.SelectMany(file => scanner.Find(File.ReadAllBytes(file)).Select(found => $"{file}: {found}"))
            .Concat(stored.SelectMany(row => scanner.Find(row).Select(found => $"a row of the store: {found}")))
            .Concat(consoles.SelectMany(console =>
                scanner.Find(Encoding.UTF8.GetBytes(console.Value)).Select(found => $"what '{console.Key}' printed: {found}")));

    /// <summary>Every value of every row: a page of the file may cut a value in two.</summary>
    private static IEnumerable<byte[]> RowsOf(string file)
    {
        using SqliteConnection connection = Open(file);
        foreach (string table in Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table'").Select(Text).ToArray())
        {
            foreach (object[] row in Read(connection, $"SELECT * FROM \"{table}\""))
            {
                yield return [.. row.SelectMany(value => (byte[])[.. value as byte[] ?? Encoding.UTF8.GetBytes($"{value}"), (byte)'\n'])];
            }
        }
    }

    private static SqliteConnection Open(string file)
    {
        SqliteConnection connection = new($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private static string Text(object[] row) => (string)row[0];

    private static IEnumerable<object[]> Read(SqliteConnection connection, string query)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            object[] row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }
}
