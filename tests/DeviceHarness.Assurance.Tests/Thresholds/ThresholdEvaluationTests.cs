using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Thresholds;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Thresholds;

public sealed class ThresholdEvaluationTests
{
    private static readonly EntryScope Dormant = new("D1", InstallationType.Dormant);
    private static readonly EntryScope Mixed = new("D1", InstallationType.Mixed);

    // The expected answers of the project guide to the DMCT process, section 12.4.
    [Theory]
    [InlineData(0, 0, 2, 0, 0, "")]
    [InlineData(0, 0, 3, 9, 20, "")]
    [InlineData(0, 0, 4, 0, 0, "3")]
    [InlineData(0, 1, 0, 0, 0, "2")]
    [InlineData(1, 0, 0, 0, 0, "1")]
    [InlineData(1, 0, 4, 0, 0, "1 3")]
    public void Counts_of_the_default_set_are_within_or_over(int one, int two, int three, int four, int five, string over)
    {
        int[] counts = [one, two, three, four, five];
        TestingIssue[] issues =
        [
            .. counts.SelectMany((count, index) =>
                Enumerable.Range(1, count).Select(number => Issue($"S{index + 1}-{number}", index + 1))),
        ];

        ThresholdEvaluation evaluation = Evaluate(Dormant, issues);

        evaluation.Counted.Should().Be($"{one}/{two}/{three}/{four}/{five}");
        string.Join(' ', evaluation.Rows.Where(row => row.IsOver).Select(row => row.Severity)).Should().Be(over);
        evaluation.IsWithin.Should().Be(over.Length == 0);
        evaluation.Verdict.Should().StartWith(over.Length == 0 ? "within" : "over");
    }

    [Fact]
    public void The_three_issues_of_the_Aclara_review_stand_against_a_mixed_entry_alone()
    {
        TestingIssue[] issues =
        [
            Issue("110029", 3), Issue("110031", 3),
            Issue("200347", 2) with { Standing = new IssueStanding { Installation = InstallationType.Mixed } },
        ];

        ThresholdEvaluation[] evaluations = [.. EntryScope.EachOf("D1").Select(scope => Evaluate(scope, issues))];

        evaluations.Select(evaluation => (evaluation.Scope.Installation, evaluation.Open, evaluation.IsWithin)).Should().Equal(
            (InstallationType.Dormant, "0/0/2/0/0", true),
            (InstallationType.Active, "0/0/2/0/0", true),
            (InstallationType.Mixed, "0/1/2/0/0", false));
        evaluations[2].Verdict.Should().Be("over at severity 2 (1 counted, at most 0)");
    }

    [Fact]
    public void An_issue_that_a_person_does_not_count_is_listed_and_stands_against_nothing()
    {
        TestingIssue uncounted = Issue("200347", 2) with
        {
            Standing = new IssueStanding { NotCountedReason = "not of this combination", NotCountedBy = "A. Tester (TAG)" },
        };

        ThresholdEvaluation evaluation = Evaluate(Dormant, uncounted);

        evaluation.IsWithin.Should().BeTrue();
        evaluation.NotCounted.Should().ContainSingle().Which.Standing.NotCountedBy.Should().Be("A. Tester (TAG)");
        (evaluation.Open, evaluation.Counted).Should().Be(("0/1/0/0/0", "0/0/0/0/0"));
    }

    [Theory]
    [InlineData(IssueState.Closed, false)]
    [InlineData(IssueState.Rejected, false)]
    [InlineData(IssueState.Duplicate, false)]
    [InlineData(IssueState.New, true)]
    [InlineData(IssueState.Deferred, true)]
    [InlineData(IssueState.CarriedOver, true)]
    [InlineData(IssueState.ReadyForRetest, true)]
    public void Only_open_issues_count_and_a_deferred_one_is_open(IssueState state, bool isCounted)
    {
        ThresholdEvaluation evaluation = Evaluate(Dormant, Issue("TI-0001", 2) with { State = state });

        evaluation.IsWithin.Should().Be(!isCounted);
    }

    [Fact]
    public void An_issue_of_another_combination_does_not_count_and_one_of_no_stated_combination_does()
    {
        TestingIssue other = Issue("TI-0001", 2) with { Standing = new IssueStanding { Dmc = "D2" } };

        Evaluate(Dormant, other).IsWithin.Should().BeTrue();
        Evaluate(Dormant with { Dmc = "D2" }, other).IsWithin.Should().BeFalse();
        Evaluate(EntryScope.Whole, other).IsWithin.Should().BeFalse("an entry that states no combination excludes nothing");
        Evaluate(Mixed, Issue("TI-0002", 2)).IsWithin.Should().BeFalse();
    }

    [Fact]
    public void What_only_virtual_devices_showed_counts_in_a_rehearsal_alone()
    {
        TestingIssue issue = Issue("TI-0001", 2) with { IsSeenOnReal = false };

        ThresholdEvaluation evidence = Evaluate(Dormant, issue);
        ThresholdEvaluation rehearsal = ThresholdEvaluation.Of(
            ThresholdSet.Default, Dormant, ThresholdBasis.Rehearsal, AssuranceSamples.Noon, [issue]);

        evidence.IsWithin.Should().BeTrue();
        evidence.Rows[1].Should().BeEquivalentTo(new { Open = 1, OnlyVirtual = 1, NotCounted = 0 });
        rehearsal.IsWithin.Should().BeFalse();
        rehearsal.Rows[1].OnlyVirtual.Should().Be(0);
    }

    [Fact]
    public void An_issue_without_a_severity_counts_with_the_proposed_one_and_the_verdict_is_provisional()
    {
        TestingIssue ungraded = Issue("TI-0001", 2) with
        {
            Severity = null,
            Facts = new IssueFacts { Effect = EffectAchieved.No, Spread = Spread.Whole },
        };

        ThresholdEvaluation evaluation = Evaluate(Dormant, ungraded);

        evaluation.Rows[1].Counted.Should().Equal("TI-0001");
        evaluation.Verdict.Should().Be(
            "over at severity 2 (1 counted, at most 0); provisional: nobody has set the severity of TI-0001");
    }

    private static TestingIssue Issue(string id, int severity) => new()
    {
        Id = id,
        Title = id,
        State = IssueState.Triaged,
        Severity = severity,
        Facts = new IssueFacts(),
        IsSeenOnReal = true,
        Raised = AssuranceSamples.Noon,
        LastSeen = AssuranceSamples.Noon,
    };

    private static ThresholdEvaluation Evaluate(EntryScope scope, params TestingIssue[] issues) =>
        ThresholdEvaluation.Of(ThresholdSet.Default, scope, ThresholdBasis.Evidence, AssuranceSamples.Noon, issues);
}
