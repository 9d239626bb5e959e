using System.Text.Json;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Replay;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Replay;

/// <summary>Attempts on a meter that takes nothing in clear, fed to the driver again with the keys that the rig file names.</summary>
public sealed class CipheredReplayTests
{
    private const string PackText = """
        pack: replayed
        title: What is replayed
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 15m
        purpose: Reads and switches the supply of a meter that takes nothing in clear, in two associations.
        needs:
          esme: ESME
        cases:
          - id: READ
            title: reads
            device: esme
            srv: "11.2"
            steps:
              - request: { srv: "11.2" }
              - request: { srv: 4.1.1 }
          - id: SWITCH
            title: switches
            device: esme
            srv: "7.2"
            steps:
              - request: { srv: "7.2" }
            cleanup:
              - request: { srv: "7.1" }
        """;

    private const string SetsClock = "srv: \"6.11\", body: { CurrentDateTime: \"${now}\", TolerancePeriod: 60 }";
    private const string EncryptionKey = "5A6B1C0D2E3F48596A7B8C9DAEBFC0D1";
    private const string InClear = "esme-in-clear.yaml";
    private const string AuthenticationKey = "A7B6C5D4E3F20112233445566778899A";
    private const string RigText = $$"""
        rig: secured-test
        users: { IS: 90-B3-D5-1F-30-01-00-01, OU: 90-B3-D5-1F-30-01-00-04 }
        devices:
          esme-01:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-B0
            firmware: "4.2.0"
            profile: generic-smets1-esme
            link: { via: virtual, model: rigs/virtual/esme-secured.yaml, paced: false }
            keys:
              encryption-key: test:{{EncryptionKey}}
              authentication-key: test:{{AuthenticationKey}}
              master-key: test:1C2D3E4F5A6B7C8D9EAFB0C1D2E3F405
            overrides:
              response-timeout: 60s
              association:
                mechanism: hls-gmac
                context: ln-ciphered
                wrapper: general
                dedicated-key: false
                client-title: "4448480000000001"
                server-title: "4448560000000009"
                attempt-limit: 3
                lock-time: 10m
        """;

    private static string Profiles => Path.Combine(RepositoryRoot.Path, "rigs", "profiles");

    private static string Dedicated => RigText
        .Replace("wrapper: general", "wrapper: service", StringComparison.Ordinal)
        .Replace("dedicated-key: false", "dedicated-key: true", StringComparison.Ordinal);

    public static TheoryData<string> Rigs { get; } = [RigText, Dedicated, ProvenInClear];

    /// <summary>HLS with GMAC and nothing ciphered: the counter is in the proof alone.</summary>
    private static string ProvenInClear => RigText
        .Replace("context: ln-ciphered", "context: ln", StringComparison.Ordinal)
        .Replace("wrapper: general", "wrapper: service", StringComparison.Ordinal)
        .Replace("rigs/virtual/esme-secured.yaml", InClear, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Rigs))]
    public async Task Ciphered_attempts_come_out_the_same_octet_for_octet_also_over_a_restart_of_the_agent(string rigText)
    {
        using TemporaryFolder models = new();
        string secured = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme-secured.yaml"));
        string inClear = Path.Combine(models.Path, InClear);
        await File.WriteAllTextAsync(inClear, secured
            .Replace(", ciphered: true", string.Empty, StringComparison.Ordinal)
            .Replace("policy: 3", "policy: 0", StringComparison.Ordinal));
        RigConfiguration rig = BenchFolder.Parse(rigText.Replace(InClear, inClear, StringComparison.Ordinal));
        using BenchFolder folder = new() { Rig = rig };
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(folder, isRestarted: true);

        IReadOnlyList<ReplayedRequest> requests = await ReplayAsync(rig, attempts);

        attempts.Should().OnlyContain(attempt => attempt.Verdict == "Passed");
        requests.Select(request => request.Srv).Should().Equal("11.2", "4.1.1", "7.2", "7.1");
        requests.Select(request => request.Difference).Should().OnlyContain(difference => difference == null);
    }

    [Fact]
    public async Task An_octet_that_was_another_then_is_told_with_its_place()
    {
        RigConfiguration rig = BenchFolder.Parse(RigText);
        using BenchFolder folder = new() { Rig = rig };
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(folder, isRestarted: false);
        EvidenceDocument changed = attempts[0] with { Steps = [attempts[0].Steps[0], Change(attempts[0].Steps[1])] };

        IReadOnlyList<ReplayedRequest> requests = await ReplayAsync(rig, [changed]);

        requests.Should().HaveCount(2);
        requests[0].Difference.Should().BeNull();
        requests[1].Difference.Should().Contain("differs at octet");
    }

    [Theory]
    [InlineData(false, 20_000, true)]
    [InlineData(true, 20_000, true)]
    [InlineData(false, 2_000_000, false)]
    public async Task A_clock_is_set_to_the_recorded_time_and_not_to_the_hundredth_that_the_replay_comes_to(
        bool isDedicated, long laterMicroseconds, bool isSame)
    {
        RigConfiguration rig = BenchFolder.Parse(isDedicated ? Dedicated : RigText);
        using BenchFolder folder = new() { Rig = rig };
        EvidenceDocument[] attempts =
        [
            .. await RecordAsync(
                folder, isRestarted: false, PackText.Replace("srv: 4.1.1", SetsClock, StringComparison.Ordinal)),
        ];
        StepEvidence clock = attempts[0].Steps[1];

        // As on a slow host: what the meter sent was taken in later than the driver had it. Before the clock it is asked who it is.
        const int toTheClock = 3;
        EvidenceDocument slow = attempts[0] with
        {
            Steps =
            [
                attempts[0].Steps[0],
                clock with
                {
                    Wire =
                    [
                        .. clock.Wire.Take(toTheClock),
                        .. clock.Wire.Skip(toTheClock)
                            .Select(piece => piece with { OffsetMicroseconds = piece.OffsetMicroseconds + laterMicroseconds }),
                    ],
                },
            ],
        };
        IReadOnlyList<ReplayedRequest> requests = await ReplayAsync(rig, [slow]);

        clock.Request!.Srv.Should().Be("6.11");
        attempts[0].Verdict.Should().Be("Passed", attempts[0].Reason);
        requests.Should().HaveCount(2);
        (requests[1].Difference is null).Should().Be(isSame, "what is off by seconds is no matter of the host's speed");
    }

    [Fact]
    public async Task Another_key_is_told_by_the_tag_of_the_record_and_no_key_is_shown()
    {
        using BenchFolder folder = new() { Rig = BenchFolder.Parse(RigText) };
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(folder, isRestarted: false);
        RigConfiguration other = BenchFolder.Parse(
            RigText.Replace(EncryptionKey, "00112233445566778899AABBCCDDEEFF", StringComparison.Ordinal));
        Func<Task> replay = () => ReplayAsync(other, attempts);

        ConfigurationException fault = (await replay.Should().ThrowAsync<ConfigurationException>()).Which;

        fault.Code.Should().Be("REPLAY-004");
        fault.Allowed.Should().Contain("named by reference");
        fault.ToString().Should().NotContain("00112233445566778899AABBCCDDEEFF").And.NotContain(AuthenticationKey);
    }

    [Fact]
    public async Task After_a_rotation_the_keys_of_the_store_serve_what_was_recorded_before_and_after_it()
    {
        RigConfiguration rig = BenchFolder.Parse(RigText);
        using BenchFolder folder = new() { Rig = rig };
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        IReadOnlyList<EvidenceDocument> before = await RunAsync(folder, isRestarted: false);
        await using (RigBench bench = folder.OpenBench())
        {
            KeyRotation rotation = await bench.Keys.RotateAsync(new DeviceId("esme-01"), CancellationToken.None).DefaultTimeout();
            rotation.Proof.Should().Be(KeyProof.Candidate);
        }

        IReadOnlyList<EvidenceDocument> after = await RunAsync(folder, isRestarted: false);
        Func<Task> withoutStore = () => ReplayAsync(rig, after);

        IReadOnlyList<ReplayedRequest> requests =
        [
            .. await ReplayAsync(rig, before, folder.Path), .. await ReplayAsync(rig, after, folder.Path),
        ];

        requests.Should().HaveCount(8).And.OnlyContain(request => request.Difference == null);
        (await withoutStore.Should().ThrowAsync<ConfigurationException>()).Which.Code.Should().Be("REPLAY-004");
    }

    [Fact]
    public async Task What_goes_on_in_the_association_of_a_rotation_is_refused_with_the_step_that_is_not_replayed()
    {
        RigConfiguration rig = BenchFolder.Parse(RigText);
        using BenchFolder folder = new() { Rig = rig };
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(folder, isRestarted: false);
        EvidenceDocument conducted = attempts[0] with
        {
            Steps = [.. attempts[0].Steps.Select(step => step with { Request = null, Name = "rotate key: esme" })],
        };
        Func<Task> replay = () => ReplayAsync(rig, [conducted, attempts[1]]);

        ConfigurationException fault = (await replay.Should().ThrowAsync<ConfigurationException>()).Which;

        fault.Code.Should().Be("REPLAY-003");
        fault.Allowed.Should().Contain("connects anew").And.Contain("'rotate key: esme' of READ");
    }

    [Theory]
    [MemberData(nameof(Mounted))]
    public async Task A_folder_of_ciphered_attempts_is_mounted_as_a_device_and_answers_as_it_did(string rigText)
    {
        RigConfiguration rig = BenchFolder.Parse(rigText);
        using BenchFolder folder = new() { Rig = rig };
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(folder, isRestarted: false);
        using TemporaryFolder record = new();
        await WriteAsync(attempts, record.Path);
        using BenchFolder mounted = new() { Rig = BenchFolder.Parse(MountedText(rigText, record.Path)) };

        IReadOnlyList<EvidenceDocument> again = await RecordAsync(mounted, isRestarted: false);

        again.Select(attempt => attempt.Verdict).Should().Equal("Passed", "Passed");
        again.Should().OnlyContain(attempt => attempt.Origin == "Replayed");
        again.SelectMany(Sent).Should().Equal(attempts.SelectMany(Sent));
    }

    [Fact]
    public async Task Without_its_keys_and_over_a_rotation_a_ciphered_record_says_which_association_wants_what()
    {
        RigConfiguration rig = BenchFolder.Parse(RigText);
        using BenchFolder folder = new() { Rig = rig };
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        IReadOnlyList<EvidenceDocument> before = await RunAsync(folder, isRestarted: false);
        await using (RigBench bench = folder.OpenBench())
        {
            await bench.Keys.RotateAsync(new DeviceId("esme-01"), CancellationToken.None).DefaultTimeout();
        }

        IReadOnlyList<EvidenceDocument> after = await RunAsync(folder, isRestarted: false);
        DeviceProfile profile = DriverCatalog.ProfileOf(rig.Devices[0], Profiles);
        KeyRecord? kept = KeyStoreKey.Find(folder.Path) is { } storeKey
            ? RigBench.KeysOf(rig, rig.Devices[0], folder.Path, storeKey).Read()
            : null;
        Action withoutStore = () => RecordedSession.Of(rig.Devices[0], after, "after").Draws(profile, null);
        Action overARotation = () => RecordedSession.Of(rig.Devices[0], [.. before, .. after], "both").Draws(profile, kept);
        Action withStore = () => RecordedSession.Of(rig.Devices[0], after, "after").Draws(profile, kept);

        withStore.Should().NotThrow();
        ConfigurationException unknown = withoutStore.Should().Throw<ConfigurationException>().Which;
        (unknown.Code, unknown.Key).Should().Be(("REPLAY-004", "READ steps[1].wire"));
        unknown.Allowed.Should().Contain("under 'keys' of the device").And.Contain("key store of --data");
        ConfigurationException rotated = overARotation.Should().Throw<ConfigurationException>().Which;
        (rotated.Code, rotated.Key).Should().Be(("REPLAY-004", "READ steps[1].wire"));
        rotated.Found.Should().Contain("key rotation");
    }

    public static TheoryData<string> Mounted { get; } = [RigText, Dedicated];

    private static string MountedText(string rigText, string record) => rigText.Replace(
        "via: virtual, model: rigs/virtual/esme-secured.yaml, paced: false", $"via: 'replay:{record}'", StringComparison.Ordinal);

    private static IEnumerable<string> Sent(EvidenceDocument attempt) => attempt.Steps.SelectMany(step => step.Wire)
        .Where(piece => piece.Direction == "ToDevice").Select(piece => piece.Octets);

    private static async Task WriteAsync(IReadOnlyList<EvidenceDocument> attempts, string folder)
    {
        JsonSerializerOptions camelCase = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
        foreach (EvidenceDocument attempt in attempts)
        {
            // Named against their order: what counts is when they began.
            string name = attempt == attempts[0] ? "z.json" : $"{attempt.Case.Id}.json";
            await File.WriteAllTextAsync(Path.Combine(folder, name), JsonSerializer.Serialize(attempt, camelCase));
        }
    }

    private static StepEvidence Change(StepEvidence step)
    {
        WireEvidence sent = step.Wire.First(piece => piece.Direction == "ToDevice");
        string[] all = sent.Octets.Split(' ');
        all[^2] = all[^2] == "00" ? "01" : "00";
        string octets = string.Join(' ', all);
        return step with { Wire = [.. step.Wire.Select(piece => piece == sent ? piece with { Octets = octets } : piece)] };
    }

    private static Task<IReadOnlyList<ReplayedRequest>> ReplayAsync(
        RigConfiguration rig, IReadOnlyList<EvidenceDocument> attempts, string? data = null) =>
        AttemptReplay.RunAsync(rig, Profiles, data, attempts, CancellationToken.None).DefaultTimeout();

    private static async Task<IReadOnlyList<EvidenceDocument>> RecordAsync(
        BenchFolder folder, bool isRestarted, string packText = PackText)
    {
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        return await RunAsync(folder, isRestarted, packText);
    }

    /// <summary>Runs the cases on the virtual meter and gives their evidence; a restarted agent leaves a gap in the counters.</summary>
    private static async Task<IReadOnlyList<EvidenceDocument>> RunAsync(
        BenchFolder folder, bool isRestarted, string packText = PackText)
    {
        TestPack pack = PackLoader.Load(packText, "replayed.yaml");
        List<EvidenceDocument> attempts = [];
        RigBench bench = folder.OpenBench();
        foreach (TestCase testCase in pack.Cases)
        {
            KeepingJournal journal = new();
            await new PackRunner().RunCaseAsync(pack, testCase, bench, journal, new RunOptions(), CancellationToken.None).DefaultTimeout();
            attempts.Add(EvidenceReader.Read(journal.Evidence.Span, testCase.Id));
            if (isRestarted)
            {
                await bench.DisposeAsync();
                bench = folder.OpenBench();
            }
        }

        await bench.DisposeAsync();
        return attempts;
    }
}
