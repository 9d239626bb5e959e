using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Thresholds;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Issues;

public sealed class IssueAtMomentTests
{
    private static readonly DateTimeOffset Noon = AssuranceSamples.Noon;

    // 110031 as it was graded: 2 while its cause was unknown, then 3 by the TAG; limited and left uncounted later still.
    private static readonly IssueChange[] History =
    [
        Change(0, "state", "", "New", "harness", ""),
        Change(1, "severity", "", "2", "A. Tester", "TAB"),
        Change(1, "state", "New", "Triaged", "A. Tester", "TAB"),
        Change(3, "severity", "2", "3", "B. Tester", "TAG"),
        Change(5, IssueStanding.NotCountedField, "", "agreed", "B. Tester", "TAG"),
        Change(5, IssueStanding.InstallationField, "Any", "Mixed", "B. Tester", "TAG"),
        Change(7, "state", "Triaged", "Rejected", "C. Tester", ""),
    ];

    private static readonly TestingIssue Now = new()
    {
        Id = "TI-0001",
        Title = "rotation is not confirmed",
        State = IssueState.Rejected,
        Severity = 3,
        Facts = new IssueFacts(),
        Standing = new IssueStanding
        {
            Installation = InstallationType.Mixed,
            NotCountedReason = "agreed",
            NotCountedBy = "B. Tester (TAG)",
        },
        Raised = Noon,
        LastSeen = Noon,
    };

    [Theory]
    [InlineData(0, null, IssueState.New, InstallationType.Any, true)]
    [InlineData(1, 2, IssueState.Triaged, InstallationType.Any, true)]
    [InlineData(2, 2, IssueState.Triaged, InstallationType.Any, true)]
    [InlineData(3, 3, IssueState.Triaged, InstallationType.Any, true)]
    [InlineData(5, 3, IssueState.Triaged, InstallationType.Mixed, false)]
    [InlineData(9, 3, IssueState.Rejected, InstallationType.Mixed, false)]
    public void A_report_uses_what_held_at_its_date(
        int day, int? severity, IssueState state, InstallationType installation, bool isCounted)
    {
        IssueAtMoment then = IssueAtMoment.Of(Now, History, Noon.AddDays(day))!;

        (then.Issue.Severity, then.Issue.State).Should().Be((severity, state));
        (then.Issue.Standing.Installation, then.Issue.Standing.IsCounted).Should().Be((installation, isCounted));
        then.Issue.Standing.NotCountedBy.Should().Be(isCounted ? "" : "B. Tester (TAG)");
    }

    [Fact]
    public void The_history_of_severities_ends_at_the_date()
    {
        IssueAtMoment.Of(Now, History, Noon.AddDays(2))!.Severities.Select(change => (change.New, change.Decider)).Should()
            .Equal(("2", "A. Tester (TAB)"));
        IssueAtMoment.Of(Now, History, Noon.AddDays(4))!.Severities.Select(change => (change.Old, change.New, change.Decider)).Should()
            .Equal(("", "2", "A. Tester (TAB)"), ("2", "3", "B. Tester (TAG)"));
    }

    [Fact]
    public void An_issue_is_not_there_before_it_was_raised()
    {
        IssueAtMoment.Of(Now, History, Noon.AddTicks(-1)).Should().BeNull();
    }

    private static IssueChange Change(int day, string field, string old, string value, string who, string forum) =>
        new(field, old, value, who, Noon.AddDays(day), forum, "why");
}
