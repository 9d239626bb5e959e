using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class ResumeRuleTests
{
    [Theory]
    [InlineData(CycleState.Incomplete, true)]
    [InlineData(CycleState.Complete, false)]
    [InlineData(CycleState.Void, false)]
    [InlineData(CycleState.Running, false)]
    [InlineData(CycleState.Frozen, false)]
    public void Only_a_cycle_that_ended_without_every_verdict_goes_on(CycleState state, bool mayGoOn) =>
        (ResumeRule.WhyNot(state).Length == 0).Should().Be(mayGoOn);

    [Fact]
    public void What_has_its_verdict_stays_and_what_never_began_runs_safe_or_not()
    {
        Choices([], Ended(1, Verdict.Passed), Ended(2, Verdict.Failed), Ended(3, Verdict.Skipped), Descoped(4, "why"), Execution(5),
                Unsafe(Execution(6)))
            .Should().Equal(
                ResumeChoice.Kept, ResumeChoice.Kept, ResumeChoice.Kept, ResumeChoice.Kept, ResumeChoice.Queued, ResumeChoice.Queued);
    }

    [Theory]
    [InlineData(Verdict.Inconclusive)]
    [InlineData(Verdict.Error)]
    [InlineData(Verdict.Blocked)]
    public void What_began_without_a_verdict_is_repeated_where_that_is_safe_and_else_when_a_person_names_it(Verdict verdict)
    {
        ExecutionHistory[] cases = [Ended(1, verdict), Unsafe(Ended(2, verdict))];

        Choices([], cases).Should().Equal(ResumeChoice.Queued, ResumeChoice.LeftToPerson);
        Choices(["CASE-02"], cases).Should().Equal(ResumeChoice.Queued, ResumeChoice.Queued);
    }

    [Fact]
    public void A_lost_rig_of_which_nothing_was_heard_may_have_begun_an_unsafe_case()
    {
        Attempt lost = Attempt(1, Verdict.Inconclusive) with { State = AttemptState.Expired, Started = null };
        Attempt recalled = Attempt(1, Verdict.NotRun) with { Started = null };

        Choices([], Unsafe(Execution(1, lost)), Unsafe(Execution(2, recalled)))
            .Should().Equal(ResumeChoice.LeftToPerson, ResumeChoice.Queued);
    }

    [Fact]
    public void Naming_a_case_that_has_its_verdict_repeats_nothing() =>
        Choices(["CASE-01"], Unsafe(Ended(1, Verdict.Failed))).Should().Equal(ResumeChoice.Kept);

    private static IEnumerable<ResumeChoice> Choices(string[] repeat, params ExecutionHistory[] cases) =>
        ResumeRule.Of(Cycle(cases), repeat).Select(row => row.Choice);

    private static ExecutionHistory Unsafe(ExecutionHistory history) =>
        history with { Execution = history.Execution with { RepeatSafety = RepeatSafety.Unsafe } };
}
