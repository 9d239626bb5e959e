using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Replay;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Durability;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Replay;

public sealed class AttemptReplayTests : IDisposable
{
    private const string PackText = """
        pack: replayed
        title: What is replayed
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 15m
        purpose: Reads, sets the clock and switches the supply, so that each kind of dialogue is in a record.
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
          - id: SET
            title: sets the clock and switches
            device: esme
            srv: "6.11"
            steps:
              - request: { srv: "6.11", body: { CurrentDateTime: "${now}", TolerancePeriod: 60 } }
              - request: { srv: "7.2" }
              - request: { srv: "7.4" }
            cleanup:
              - request: { srv: "7.1" }
        """;

    private const string LimitText = """
        pack: replayed
        title: What is replayed
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 15m
        purpose: Changes what the bench reads first, so that it can be put back.
        needs:
          esme: ESME
        cases:
          - id: LIMIT
            title: changes the load limit
            device: esme
            srv: 6.4.1
            steps:
              - request: { srv: 6.4.1, body: { LoadLimitPeriod: 45, LoadLimitPowerThreshold: 9000, LoadLimitRestorationPeriod: 600,
                  LoadLimitSupplyState: Unchanged } }
        """;

    /// <summary>A case behind one that leaves something for the bench to look at, or to put back.</summary>
    private const string UndoneText = PackText + """

          - id: LEFT
            title: disables the supply and forgets it
            device: esme
            srv: "7.2"
            steps:
              - request: { srv: "7.2" }
          - id: AGAIN
            title: reads
            device: esme
            srv: "11.2"
            steps:
              - request: { srv: "11.2" }
        """;

    private readonly BenchFolder _folder = new();

    private static RigConfiguration OverTcp => BenchFolder.Parse(BenchFolder.RigText.Replace(
        "model: rigs/virtual/esme.yaml", "model: rigs/virtual/esme-tcp.yaml, framing: wrapper", StringComparison.Ordinal));

    private static string Profiles => Path.Combine(RepositoryRoot.Path, "rigs", "profiles");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recorded_attempts_come_out_the_same_without_a_bench()
    {
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync();

        IReadOnlyList<ReplayedRequest> requests = await ReplayAsync(attempts);

        attempts.Should().OnlyContain(attempt => attempt.Verdict == "Passed");
        requests.Select(request => request.Srv).Should().Equal("11.2", "4.1.1", "6.11", "7.2", "7.4", "7.1");
        requests.Should().OnlyContain(request => request.Difference == null && request.Replayed == "Done");
    }

    [Fact]
    public async Task What_the_bench_read_before_a_command_is_replayed_with_it()
    {
        EvidenceDocument attempt = (await RecordAsync(text: LimitText, undo: new DroppingStorage())).Should().ContainSingle().Subject;
        EvidenceDocument untold = attempt with
        {
            Steps = [.. attempt.Steps.Select(step => step with { Request = step.Request! with { ReadBefore = null } })],
        };

        ReplayedRequest replayed = (await ReplayAsync([attempt])).Should().ContainSingle().Subject;
        ReplayedRequest other = (await ReplayAsync([untold])).Should().ContainSingle().Subject;

        attempt.Verdict.Should().Be("Passed", attempt.Reason);
        attempt.Steps[0].Request!.ReadBefore.Should().Equal("4.15", "7.4");
        (replayed.Srv, replayed.Difference).Should().Be(("6.4.1", null));
        other.Difference.Should().NotBeNull("the octets of the reading are in the record too");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attempts_behind_an_undo_come_out_the_same_though_its_dialogue_is_in_no_evidence(bool isOverTcp)
    {
        RigConfiguration? rig = isOverTcp ? OverTcp : null;
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(rig: rig, text: UndoneText, undo: new DroppingStorage());

        IReadOnlyList<ReplayedRequest> requests =
            await AttemptReplay.RunAsync(rig ?? _folder.Rig, Profiles, null, attempts, CancellationToken.None).DefaultTimeout();

        attempts.Should().HaveCount(4).And.OnlyContain(attempt => attempt.Verdict == "Passed");
        requests.Select(request => request.Srv).Should().Equal("11.2", "4.1.1", "6.11", "7.2", "7.4", "7.1", "7.2", "11.2");
        requests.Should().OnlyContain(request => request.Difference == null && request.Replayed == "Done");
    }

    [Fact]
    public async Task Attempts_over_tcp_come_out_the_same_and_their_evidence_names_the_link()
    {
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(rig: OverTcp);

        IReadOnlyList<ReplayedRequest> requests =
            await AttemptReplay.RunAsync(OverTcp, Profiles, null, attempts, CancellationToken.None).DefaultTimeout();

        attempts.Should().OnlyContain(attempt => attempt.Verdict == "Passed");
        attempts[0].Devices.Should().OnlyContain(device => device.Link == "DLMS wrapper over TCP to a virtual device");
        requests.Select(request => request.Srv).Should().Equal("11.2", "4.1.1", "6.11", "7.2", "7.4", "7.1");
        requests.Should().OnlyContain(request => request.Difference == null && request.Replayed == "Done");
    }

    [Fact]
    public async Task An_octet_that_differs_over_tcp_is_told_and_so_is_a_record_that_begins_inside_an_association()
    {
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(rig: OverTcp);
        EvidenceDocument changed = Change(attempts[0], "01 00 00 02 00 FF 02", "01 00 00 03 00 FF 02");
        Func<Task> fromTheMiddle = () =>
            AttemptReplay.RunAsync(OverTcp, Profiles, null, [attempts[1]], CancellationToken.None).DefaultTimeout();

        IReadOnlyList<ReplayedRequest> requests =
            await AttemptReplay.RunAsync(OverTcp, Profiles, null, [changed], CancellationToken.None).DefaultTimeout();

        requests.Should().ContainSingle().Which.Difference.Should().Contain("differs at octet").And.Contain("octet 16 of a write");
        (await fromTheMiddle.Should().ThrowAsync<ConfigurationException>()).Which.Code.Should().Be("REPLAY-003");
    }

    [Fact]
    public async Task A_silence_comes_out_as_the_same_silence_and_takes_no_time()
    {
        IReadOnlyList<EvidenceDocument> attempts = [await RecordSilenceAsync()];

        IReadOnlyList<ReplayedRequest> requests =
            await AttemptReplay.RunAsync(FaultyRig.Rig, Profiles, null, attempts, CancellationToken.None).DefaultTimeout();

        ReplayedRequest silent = requests.Should().ContainSingle().Subject;
        silent.Recorded.Should().Be("NoAnswer (link answers: True)");
        silent.Difference.Should().BeNull();
        silent.Replayed.Should().Be(silent.Recorded);
    }

    [Fact]
    public async Task The_first_octet_that_differs_is_told_with_its_offset()
    {
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(only: "READ");

        // The request that a driver of another time sent: one octet of the logical name is another.
        EvidenceDocument changed = Change(attempts[0], "01 00 00 02 00 FF 02", "01 00 00 03 00 FF 02");
        IReadOnlyList<ReplayedRequest> requests = await ReplayAsync([changed]);

        ReplayedRequest request = requests.Should().ContainSingle().Subject;
        request.Difference.Should().Contain("differs at octet").And.Contain("octet 19 of a write");
    }

    [Fact]
    public async Task A_response_that_differs_is_told_with_its_element()
    {
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(only: "READ");
        EvidenceDocument changed = attempts[0] with
        {
            Steps = [.. attempts[0].Steps.Select(step => step with
            {
                Request = step.Request! with
                {
                    ResponseXml = step.Request.ResponseXml!.Replace("4.2.0", "4.2.1", StringComparison.Ordinal),
                },
            })],
        };

        IReadOnlyList<ReplayedRequest> requests = await ReplayAsync([changed]);

        requests.Should().ContainSingle().Which.Difference.Should().Be("FirmwareVersion of the response was '4.2.1' and is '4.2.0'");
    }

    [Fact]
    public async Task A_record_that_begins_inside_an_association_is_refused_with_what_is_missing()
    {
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync();
        Func<Task> replay = () => ReplayAsync([attempts[1]]);

        ConfigurationException fault = (await replay.Should().ThrowAsync<ConfigurationException>()).Which;

        fault.Code.Should().Be("REPLAY-003");
        fault.Allowed.Should().Contain("attempts before this one");
    }

    [Fact]
    public void What_is_no_evidence_is_refused_with_line_and_column()
    {
        Action read = () => EvidenceReader.Read("{\n  \"format\": 7 }"u8, "some.json");
        Action other = () => EvidenceReader.Read("null"u8, "some.json");

        ConfigurationException fault = read.Should().Throw<ConfigurationException>().Which;
        (fault.Code, fault.File).Should().Be(("EVID-001", "some.json"));
        other.Should().Throw<ConfigurationException>().Which.Code.Should().Be("EVID-001");
    }

    private static EvidenceDocument Change(EvidenceDocument attempt, string octets, string by)
    {
        EvidenceDocument changed = attempt with
        {
            Steps = [.. attempt.Steps.Select(step => step with
            {
                Wire = [.. step.Wire.Select(piece => piece with
                {
                    Octets = piece.Octets.Replace(octets, by, StringComparison.Ordinal),
                })],
            })],
        };
        changed.Should().NotBeEquivalentTo(attempt);
        return changed;
    }

    private Task<IReadOnlyList<ReplayedRequest>> ReplayAsync(IReadOnlyList<EvidenceDocument> attempts) =>
        AttemptReplay.RunAsync(_folder.Rig, Profiles, null, attempts, CancellationToken.None).DefaultTimeout();

    /// <summary>Runs the cases on a virtual meter over a pseudo-terminal and gives their evidence.</summary>
    private static async Task<IReadOnlyList<EvidenceDocument>> RecordAsync(
        string? only = null, RigConfiguration? rig = null, string text = PackText, IJournalStorage? undo = null)
    {
        using BenchFolder folder = rig is null ? new BenchFolder() : new BenchFolder { Rig = rig };
        await using BenchFolder.ServedBench served = await folder.ServeAsync();
        await using RigBench bench = undo is null ? folder.OpenBench() : folder.OpenBench(undo);
        TestPack pack = PackLoader.Load(text, "replayed.yaml");
        PackRunner runner = new();
        List<EvidenceDocument> attempts = [];
        foreach (TestCase testCase in pack.Cases.Where(testCase => only is null || testCase.Id == only))
        {
            KeepingJournal journal = new();
            await runner.RunCaseAsync(pack, testCase, bench, journal, new RunOptions(), CancellationToken.None).DefaultTimeout();
            attempts.Add(EvidenceReader.Read(journal.Evidence.Span, testCase.Id));
            await (bench.Undo?.SettleAsync(CancellationToken.None) ?? Task.CompletedTask).DefaultTimeout();
        }

        return attempts;
    }

    /// <summary>Reads a meter that does not answer. Its time jumps from time-out to time-out: on real time a slow machine is silent in
    /// other places too, and that is then in the record.</summary>
    private async Task<EvidenceDocument> RecordSilenceAsync()
    {
        TestPack pack = PackLoader.Load(PackText, "replayed.yaml");
        KeepingJournal journal = new();
        await using FaultyRig rig = new(_folder.Path, "loss=0", seed: 1, EsmeDefects.NoAnswer);
        await rig.RunAsync(pack, pack.Cases[0], journal);
        return EvidenceReader.Read(journal.Evidence.Span, pack.Cases[0].Id);
    }
}
