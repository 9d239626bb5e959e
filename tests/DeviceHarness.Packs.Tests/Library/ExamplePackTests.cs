using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Planning;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

/// <summary>The example of rows and rounds against the simulated service and a meter that is only its answers.</summary>
public sealed class ExamplePackTests
{
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("", "")]
    [InlineData("switch-lies", "")]
    [InlineData("late-acknowledgement:share=1", "ROUNDS")]
    [InlineData("suspension-ignored", "")]
    [InlineData("no-answer", "ROUNDS")]
    public async Task Its_cases_pass_on_a_healthy_meter_and_find_what_they_look_for(string defect, string failed)
    {
        TestPack pack = await LoadAsync();
        SimulatedBench bench = new(_time, defect);
        List<string> red = [];
        foreach (TestCase testCase in pack.Cases)
        {
            AttemptResult result = await new PackRunner().RunOnClockAsync(pack, testCase, bench, new RecordingJournal(), _time);
            red.AddRange(result.Verdict == Verdict.Passed ? [] : [testCase.Id]);
        }

        red.Should().Equal(failed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Lint_finds_nothing_odd_and_the_plan_counts_rows_and_rounds()
    {
        TestPack pack = await LoadAsync();

        PackPlan plan = PackPlan.Of(pack, [], devices: null);

        PackLint.Check(pack).Findings.Should().BeEmpty();
        plan.Cases.Select(planned => planned.Id).Should().Equal("REF-reads-as-OU", "REF-switches-as-ED", "REF-gas-request", "ROUNDS");
        plan.Requests.Should().Be(3 + 1 + 5 + 2);
        plan.WearingSteps.Should().Be(1);
    }

    [Fact]
    public async Task A_late_response_is_waited_for()
    {
        TestPack pack = await LoadAsync();
        SimulatedBench bench = new(_time, "late-response:delay=10s,srv=11.2");

        AttemptResult result =
            await new PackRunner().RunOnClockAsync(pack, pack.Find("ROUNDS")!, bench, new RecordingJournal(), _time);

        (result.Verdict, result.Elapsed).Should().Be((Verdict.Passed, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_response_that_is_later_than_its_step_may_take_is_inconclusive()
    {
        TestPack pack = await LoadAsync();
        SimulatedBench bench = new(_time, "late-response:delay=40s,srv=11.2");

        AttemptResult result = await Task.Run(() =>
        {
            Task<AttemptResult> run = new PackRunner().RunCaseAsync(
                pack, pack.Find("ROUNDS")!, bench, new RecordingJournal(), new RunOptions { Time = _time }, CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(30));
            return run;
        }).DefaultTimeout();

        result.Verdict.Should().Be(Verdict.Inconclusive);
        result.Reason.Should().Be("read 11.2 (11-2): the step did not end in 30 s");
    }

    private static Task<TestPack> LoadAsync() => PackLoader.LoadFileAsync(
        Path.Combine(RepositoryRoot.Path, "src/DeviceHarness.Packs/Examples/rows-and-rounds.pack.yaml"), CancellationToken.None);
}
