using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.SelfTest;

/// <summary>Every defect of a device on a radio, and what catches it: a case of the self-test that fails where the matrix says, or the way
/// that <c>caught-elsewhere.json</c> names.</summary>
[Collection(AloneCollection.Name)]
[Trait(AloneCollection.Process, AloneCollection.Name)]
public sealed class RadioSelfTests
{
    private static readonly SelfTestSuite Suite = SelfTestSuite.Read(RepositoryRoot.Path);
    private static readonly Dictionary<string, SelfTestCase> Cases = Suite.Cases.ToDictionary(testCase => testCase.Name);

    /// <summary>The first case of every third defect in the suite, but for the one that takes half as long as all others together; all with
    /// the large counts.</summary>
    public static TheoryData<string, string, int> Marks { get; } = MarksOf();

    public static TheoryData<string> SoundCases { get; } =
        TestSize.IsLong
            ? [.. Suite.Cases.Where(testCase => testCase.Place.HasRadio).Select(testCase => testCase.Name)]
            :
            [
                "dmct-smoke-gsme GSMK-04", "gas-home GHM-REPORT", "gas-home GHM-05", "network-key NWK-01", "dmct-srv-gsme TARIFF",
                "dmct-srv-gsme BILLING", "dmct-srv-gsme LOG-NEWEST", "gas-home GHM-LOG-DAY", "prepayment-gsme GPRE-01",
                "firmware-ppmid-later FWL-01", "han-hub HHB-03",
            ];

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["han:key-update-ignored"] = "does not answer under network key 1",
    };

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task A_defect_of_a_device_on_the_radio_turns_its_case_red(string defect, string testCase, int step)
    {
        SelfTestOutcome outcome = await SelfTestSuite
            .RunAsync(Cases[testCase], DefectSwitch.Find(defect), CancellationToken.None).DefaultTimeout();

        outcome.Verdict.Should().Be(Verdict.Failed, outcome.Reason);
        (outcome.Step ?? 0).Should().Be(step, outcome.Reason);
        outcome.Reason.Should().Match($"*{Reasons.GetValueOrDefault(defect)}*");
    }

    [Theory]
    [MemberData(nameof(SoundCases))]
    public async Task On_a_sound_radio_it_passes(string testCase)
    {
        SelfTestOutcome outcome = await SelfTestSuite.RunAsync(Cases[testCase], null, CancellationToken.None).DefaultTimeout();

        outcome.Verdict.Should().Be(Verdict.Passed, outcome.Reason);
    }

    /// <summary>The packs whose cases pass one after the other on one bench, too, as a person runs them.</summary>
    public static TheoryData<string> Orders { get; } =
        TestSize.IsLong ? ["dmct-smoke-gsme", "dmct-srv-gsme", "prepayment-gsme"] : ["dmct-smoke-gsme"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task On_one_sound_bench_all_cases_of_a_pack_pass_in_their_order(string pack)
    {
        SelfTestCase[] cases = [.. Suite.Cases.Where(testCase => testCase.Bench == pack)];
        List<string> missed = [];

        int run = await RadioRig.RunAsync(
            cases[0].Place,
            async rig =>
            {
                foreach (SelfTestCase testCase in cases)
                {
                    AttemptResult result = await rig.RunAsync(testCase.Pack, testCase.Case, null, CancellationToken.None);
                    missed.AddRange(result.Verdict == Verdict.Passed ? [] : [$"{testCase.Id} {result.Verdict}: {result.Reason}"]);
                }

                return cases.Length;
            },
            putsBack: true);

        missed.Should().BeEmpty();
        run.Should().Be(cases[0].Pack.Cases.Count);
    }

    /// <summary>Run alone, on a bench that is switched on for it: what the meter tells of its joining falls into the case.</summary>
    [Fact]
    public async Task A_meter_that_has_just_joined_tells_that_it_took_the_time_and_its_case_passes_all_the_same()
    {
        using TemporaryFolder folder = new();
        SelfTestCase alone = Cases["gas-home GHM-03"];
        KeepingJournal journal = new();
        await using SelfTestRig rig = new(alone.Place, [], null, folder.Path);

        AttemptResult result = await Task.Run(() => rig.RunAsync(alone.Pack, alone.Case, journal, CancellationToken.None))
            .DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        journal.Events.OfType<AlertReceived>().Select(alert => alert.Code).Order().Should().Equal("8145", "8154", "8F32");
    }

    private static TheoryData<string, string, int> MarksOf()
    {
        TheoryData<string, string, int> data = [];
        DetectionRow[] rows = [.. DetectionMatrix.Committed.Rows.Where(
            row => row.Defect.Place == DefectPlace.Radio && (TestSize.IsLong || row.Defect.Name != "old-image-kept"))];
        foreach (DetectionRow row in rows.Where((_, index) => index % TestSize.Of(suite: 3, large: 1) == 0))
        {
            foreach (DetectionMark mark in row.Marks.Take(TestSize.Of(suite: 1, large: row.Marks.Count)))
            {
                data.Add(row.Defect.ToString(), mark.Case, mark.Step);
            }
        }

        return data;
    }
}
