using DeviceHarness.Agent.Replay;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Replay;

/// <summary>Every built-in pack that the self-test's bench can run, whole, on one bench as an agent has it, and then its evidence fed to
/// the drivers again. Evidence of devices on a radio is not among them: it holds the octets of their adapter, which no driver is fed
/// with.</summary>
public sealed class BuiltInPacksReplayTests
{
    private const string WholePack = "srvt";

    private static readonly SelfTestSuite Suite = SelfTestSuite.Read(RepositoryRoot.Path);
    private static readonly TestPack Whole = PackLibrary.Find(WholePack)!;

    /// <summary>The pack of packs, which has most of the others in it, and each bench of the self-test whose pack it has not; in the suite
    /// every third of these.</summary>
    public static TheoryData<string> Benches { get; } =
    [
        .. Suite.Cases.Where(testCase => !testCase.Place.HasRadio).GroupBy(testCase => testCase.Bench)
            .Where(bench => bench.Any(testCase => !IsInWhole(testCase)))
            .Select(bench => bench.Key).Append(WholePack).Where((_, index) => index % TestSize.Of(suite: 3, large: 1) == 0),
    ];

    [Theory]
    [MemberData(nameof(Benches))]
    public async Task The_evidence_of_a_whole_pack_comes_out_as_it_was_recorded(string bench)
    {
        using TemporaryFolder folder = new();
        SelfTestCase? first = Suite.Cases.FirstOrDefault(testCase => testCase.Bench == bench);
        SelfTestBench place = first?.Place ?? new SelfTestBench(Path.Combine(RepositoryRoot.Path, "rigs", WholePack, "rig.yaml"));
        IReadOnlyList<EvidenceDocument> attempts = await RecordAsync(place, first?.Pack ?? Whole, folder.Path);

        IReadOnlyList<ReplayedRequest> requests = await AttemptReplay
            .RunAsync(place.Rig, place.Rig.ProfilesFolder, folder.Path, attempts, CancellationToken.None).DefaultTimeout();

        int replayable = attempts.Sum(attempt => attempt.Steps.Count(step => step.Wire.Count > 0
            && (step.Request?.Outcome is not null || step.Hub is not null)));
        requests.Where(request => request.Difference is not null)
            .Select(request => $"{request.Case} step {request.Step}: {request.Difference}").Should().BeEmpty();
        attempts.Should().OnlyContain(attempt => attempt.LeftOut.Length == 0);
        requests.Should().HaveCount(replayable);
    }

    private static bool IsInWhole(SelfTestCase testCase) => Whole.Cases.Any(taken =>
        taken.Id == testCase.Id && taken.Source.StartsWith($"{testCase.Pack.Name} ", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<EvidenceDocument>> RecordAsync(SelfTestBench place, TestPack pack, string folder)
    {
        await using SelfTestRig rig = new(place, [], planted: null, folder);
        List<EvidenceDocument> attempts = [];
        foreach (TestCase testCase in pack.Cases)
        {
            KeepingJournal journal = new();
            _ = await rig.RunAsync(pack, testCase, journal, CancellationToken.None).DefaultTimeout();
            attempts.Add(OnTheBenchsTime(EvidenceReader.Read(journal.Evidence.Span, testCase.Id)));
        }

        return attempts;
    }

    // The bench's clock stands still while octets pass, and the stopwatch that stamps them does not: on a slow machine a clock that is set
    // in a ciphered association would be set to another hundredth of a second.
    private static EvidenceDocument OnTheBenchsTime(EvidenceDocument attempt) => attempt with
    {
        Steps =
        [
            .. attempt.Steps.Select(step => step with
            {
                Wire = [.. step.Wire.Select(piece => piece with { OffsetMicroseconds = step.StartedMicroseconds })],
            }),
        ],
    };
}
