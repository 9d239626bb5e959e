using DeviceHarness.Assurance.Issues;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Issues;

public sealed class IssueLifecycleTests
{
    [Fact]
    public void Every_state_is_reached_from_New_and_all_but_a_duplicate_lead_on()
    {
        HashSet<IssueState> reached = [IssueState.New];
        for (int round = 0; round < 20; round++)
        {
            reached.UnionWith([.. reached.SelectMany(IssueLifecycle.Following)]);
        }

        reached.Should().BeEquivalentTo(Enum.GetValues<IssueState>());
        Enum.GetValues<IssueState>().Where(state => IssueLifecycle.Following(state).Count == 0).Should().Equal(IssueState.Duplicate);
    }

    [Fact]
    public void Closed_rejected_and_duplicate_issues_do_not_count_and_every_other_does()
    {
        Enum.GetValues<IssueState>().Where(state => !IssueLifecycle.IsOpen(state))
            .Should().Equal(IssueState.Closed, IssueState.Rejected, IssueState.Duplicate);
    }

    [Theory]
    [InlineData(IssueState.New, IssueState.Closed, false)]
    [InlineData(IssueState.New, IssueState.Triaged, true)]
    [InlineData(IssueState.ReadyForRetest, IssueState.Closed, true)]
    [InlineData(IssueState.ReadyForRetest, IssueState.Deferred, true)]
    [InlineData(IssueState.Closed, IssueState.Deferred, false)]
    [InlineData(IssueState.Duplicate, IssueState.Reopened, false)]
    public void Only_the_drawn_moves_are_allowed(IssueState from, IssueState to, bool isAllowed)
    {
        IssueLifecycle.Following(from).Contains(to).Should().Be(isAllowed);
    }

    [Theory]
    [InlineData(0, "me", "why", "severity 0")]
    [InlineData(6, "me", "why", "severity 6")]
    [InlineData(2, "", "why", "who")]
    [InlineData(2, "me", "", "reason")]
    [InlineData(2, "me", "why", "")]
    public void A_decision_needs_a_severity_that_exists_a_person_and_a_reason(int severity, string who, string reason, string refusal)
    {
        IssueDecision decision = new("TI-0001", who, "", reason) { Severity = severity };

        string why = decision.WhyNot(IssueState.New, IssueStanding.None);

        why.Contains(refusal, StringComparison.Ordinal).Should().BeTrue(why);
        (why.Length == 0).Should().Be(refusal.Length == 0);
    }

    [Fact]
    public void A_duplicate_needs_another_issue()
    {
        IssueDecision decision = new("TI-0001", "me", "", "same");

        (decision with { State = IssueState.Duplicate }).WhyNot(IssueState.New, IssueStanding.None).Should().Contain("needs the issue");
        (decision with { DuplicateOf = "TI-0001" }).WhyNot(IssueState.New, IssueStanding.None).Should().Contain("itself");
        (decision with { DuplicateOf = "TI-0002" }).WhyNot(IssueState.New, IssueStanding.None).Should().BeEmpty();
        (decision with { DuplicateOf = "TI-0002" }).WhyNot(IssueState.Closed, IssueStanding.None).Should().Contain("does not follow");
    }

    [Fact]
    public void A_carried_over_issue_needs_the_earlier_phase_or_the_production_defect()
    {
        IssueDecision decision = new("TI-0001", "me", "", "open since stage 5") { State = IssueState.CarriedOver };

        decision.WhyNot(IssueState.New, IssueStanding.None).Should().Contain("earlier phase");
        (decision with { EarlierPhase = "IOC SIT" }).WhyNot(IssueState.New, IssueStanding.None).Should().BeEmpty();
        (decision with { ProductionDefect = "INC1" }).WhyNot(IssueState.New, IssueStanding.None).Should().BeEmpty();
        decision.WhyNot(IssueState.New, new IssueStanding { EarlierPhase = "IOC SIT" }).Should().BeEmpty("it was said before");
    }

    [Fact]
    public void An_issue_that_is_not_counted_keeps_reason_and_decider_until_it_is_counted_again()
    {
        IssueDecision decision = new("TI-0001", "A. Tester", "TAG", "not of this combination") { IsCounted = false };

        IssueStanding uncounted = decision.Apply(IssueStanding.None);
        IssueStanding again = new IssueDecision("TI-0001", "me", "", "taken back") { IsCounted = true }.Apply(uncounted);

        (uncounted.NotCountedReason, uncounted.NotCountedBy).Should().Be(("not of this combination", "A. Tester (TAG)"));
        uncounted.ChangesFrom(IssueStanding.None).Should()
            .Equal((IssueStanding.NotCountedField, "", "not of this combination"));
        again.Should().Be(IssueStanding.None);
    }
}
