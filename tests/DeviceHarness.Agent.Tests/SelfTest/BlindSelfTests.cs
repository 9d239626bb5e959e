using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Agent.Tests.SelfTest;

/// <summary>A seed switches on one defect or none, cases run, and the verdicts alone name the culprit. The whole matrix again:
/// <c>harness selftest</c>. Alone with the large counts, since benches with a radio are among them then, whose clock waits for a pool of
/// threads that all others have to share.</summary>
[Collection(AloneCollection.Name)]
[Trait(AloneCollection.Process, AloneCollection.Name)]
public sealed class BlindSelfTests(ITestOutputHelper output)
{
    private static readonly SelfTestSuite Suite = SelfTestSuite.Read(RepositoryRoot.Path);

    private static readonly DetectionMatrix Matrix = new(
        [.. DetectionMatrix.Committed.Rows.Where(row => TestSize.IsLong || row.Defect.Place != DefectPlace.Radio)]);

    [Fact]
    public async Task The_verdicts_alone_name_what_a_seed_switched_on()
    {
        BlindJudge judge = new(Matrix);
        for (int seed = 1; seed <= TestSize.Of(10, 100); seed++)
        {
            BlindBench bench = BlindBench.OfCaught(seed, Matrix);

            (Judgement judgement, IReadOnlyList<SelfTestOutcome> seen) =
                await judge.AskAsync(bench, Suite, CancellationToken.None).DefaultTimeout();

            Check(seed, judgement, seen.Count, bench);
            if (TestSize.IsLong)
            {
                IReadOnlyList<SelfTestCase> cases = judge.Choose(Suite, seed, BlindJudge.OtherCases);
                Judgement again = judge.Judge(await bench.RunAsync(cases, CancellationToken.None).DefaultTimeout());
                Check(seed, again, cases.Count, bench);
            }
        }
    }

    [Fact]
    public async Task On_a_sound_bench_no_case_fails()
    {
        SelfTestCase[] cases =
            [.. Suite.Cases.Where((testCase, index) => TestSize.IsLong || (index % 70 == 0 && !testCase.Place.HasRadio))];

        IReadOnlyList<SelfTestOutcome> outcomes = await SelfTestSuite.RunAllAsync(cases, null, CancellationToken.None).DefaultTimeout();

        outcomes.Where(outcome => outcome.Verdict != Verdict.Passed).Select(outcome => $"{outcome.Case.Name}: {outcome.Reason}")
            .Should().BeEmpty();
    }

    [Fact]
    public void A_judge_names_nobody_whose_row_says_more_or_less_than_was_seen()
    {
        SelfTestCase[] cases = [.. Suite.Cases.Where(testCase => testCase.Bench == "dmct-smoke")];
        SelfTestOutcome[] seen = [.. cases.Select(testCase => new SelfTestOutcome(
            testCase, testCase.Id == "SMK-01" ? Verdict.Failed : Verdict.Passed, testCase.Id == "SMK-01" ? 1 : null, string.Empty))];
        DefectSwitch less = DefectSwitch.Find("switch-lies")!;
        DefectSwitch exact = DefectSwitch.Find("stuck-version")!;
        DefectSwitch more = DefectSwitch.Find("no-answer")!;
        DetectionMark mark = new("dmct-smoke SMK-01", 1);
        BlindJudge judge = new(new DetectionMatrix(
        [
            new DetectionRow(less, []), new DetectionRow(exact, [mark]),
            new DetectionRow(more, [mark, new DetectionMark("dmct-smoke SMK-02", 1)]),
        ]));

        Judgement judgement = judge.Judge(seen);

        judgement.Named.Should().Equal(exact);
        judgement.Agrees(more).Should().BeFalse();
        judgement.Agrees(null).Should().BeFalse();
    }

    private void Check(int seed, Judgement judgement, int cases, BlindBench bench)
    {
        string told = $"seed {seed}: judged {judgement} by {cases} cases, planted {bench.Reveal()?.ToString() ?? SelfTestReport.None}; "
            + $"failed: {string.Join(", ", judgement.Failed.Select(outcome => $"{DetectionMark.Of(outcome)} ({outcome.Reason})"))}";
        output.WriteLine(told);
        judgement.Agrees(bench.Reveal()).Should().BeTrue(told);
    }
}
