using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Issues;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Issues;

public sealed class SeverityTableTests
{
    private const EffectAchieved NoEffect = EffectAchieved.No;
    private const EffectAchieved Effect = EffectAchieved.Yes;
    private const EffectAchieved Unknown = EffectAchieved.Unknown;
    private const OutcomeReported Right = OutcomeReported.Right;
    private const OutcomeReported Wrong = OutcomeReported.WrongOrLate;
    private const OutcomeReported NotKnown = OutcomeReported.Unknown;

    // Effect, outcome, cause known, workaround accepted, spread, departure: what is known; then the row and the severity.
    [Theory]
    [InlineData(NoEffect, Right, false, false, Spread.Whole, Departure.Unknown, "6.2 row 3", 2)]
    [InlineData(NoEffect, Wrong, true, true, Spread.Whole, Departure.Unknown, "6.2 row 4", 3)]
    [InlineData(NoEffect, Wrong, true, false, Spread.Partial, Departure.Unknown, "6.2 row 5", 2)]
    [InlineData(Unknown, Wrong, false, false, Spread.Partial, Departure.Unknown, "6.2 row 6", 2)]
    [InlineData(Effect, Wrong, true, false, Spread.Partial, Departure.Unknown, "6.2 row 7", 3)]
    [InlineData(Effect, Wrong, true, true, Spread.Unknown, Departure.Unknown, "6.2 row 7", 3)]
    [InlineData(Effect, Right, false, false, Spread.Unknown, Departure.Minor, "6.2 row 8", 4)]
    [InlineData(Effect, Right, false, false, Spread.Unknown, Departure.Asset, "6.2 row 9", 5)]
    [InlineData(Effect, Wrong, false, false, Spread.Whole, Departure.Unknown, "harness row 10", 2)]
    public void The_first_row_that_matches_what_is_known_proposes_and_assumes_nothing(
        EffectAchieved effect, OutcomeReported outcome, bool cause, bool workaround, Spread spread, Departure departure, string rule,
        int severity)
    {
        IssueFacts facts = new()
        {
            Effect = effect,
            Outcome = outcome,
            CauseKnown = cause,
            WorkaroundAccepted = workaround,
            Spread = spread,
            Departure = departure,
        };

        SeverityProposal proposal = SeverityTable.Propose(facts);

        (proposal.Rule, proposal.Severity).Should().Be((rule, severity));
        proposal.Assumed.Should().BeEmpty();
    }

    [Fact]
    public void Harm_and_an_unrecoverable_device_come_first_whatever_else_is_known()
    {
        IssueFacts mild = new() { Effect = Effect, Outcome = Right, Departure = Departure.Asset };

        (SeverityTable.Propose(mild with { Harm = true }).Rule, SeverityTable.Propose(mild with { Unrecoverable = true }).Severity)
            .Should().Be(("6.2 row 1", 1));
    }

    [Theory]
    [InlineData(Unknown, NotKnown, "6.2 row 3", 2, 2)]
    [InlineData(NoEffect, NotKnown, "6.2 row 3", 2, 1)]
    [InlineData(Effect, NotKnown, "harness row 10", 2, 1)]
    [InlineData(Effect, Right, "6.2 row 8", 4, 1)]
    [InlineData(Unknown, Right, "6.2 row 3", 2, 2)]
    public void What_is_unknown_is_read_as_the_graver_value_and_the_proposal_says_so(
        EffectAchieved effect, OutcomeReported outcome, string rule, int severity, int assumptions)
    {
        SeverityProposal proposal = SeverityTable.Propose(new IssueFacts { Effect = effect, Outcome = outcome });

        (proposal.Rule, proposal.Severity).Should().Be((rule, severity));
        proposal.Assumed.Should().HaveCount(assumptions).And.OnlyContain(text => text.Contains("unknown"));
        proposal.ToString().Should().Contain("unknown");
    }

    [Fact]
    public void Every_combination_of_facts_gets_a_proposal()
    {
        int count = 0;
        foreach (IssueFacts facts in EveryCombination())
        {
            SeverityTable.Propose(facts).Severity.Should().BeInRange(1, 5, "{0}", facts);
            count++;
        }

        count.Should().Be(16 * 3 * 3 * 3 * 3);
    }

    [Theory]
    [InlineData("110029", 3)]
    [InlineData("110031", 3)]
    public void The_known_issues_come_out_at_the_severity_that_was_agreed_for_them(string id, int severity)
    {
        KnownIssue known = KnownIssues.Find(id)!;

        SeverityProposal proposal = SeverityTable.Propose(new IssueFacts
        {
            Effect = known.Effect,
            Outcome = known.Outcome,
            CauseKnown = known.CauseKnown,
            WorkaroundAccepted = known.Workaround.Length > 0,
            Spread = known.Spread,
        });

        proposal.Severity.Should().Be(severity);
    }

    [Fact]
    public void The_unconfirmed_rotation_was_graver_while_its_cause_was_unknown()
    {
        IssueFacts first = new() { Effect = Unknown, Outcome = Wrong, Spread = Spread.Whole };

        SeverityTable.Propose(first).Should().BeEquivalentTo(new { Severity = 2, Rule = "6.2 row 6" });
    }

    private static IEnumerable<IssueFacts> EveryCombination() =>
        from flags in Enumerable.Range(0, 16)
        from effect in Enum.GetValues<EffectAchieved>()
        from outcome in Enum.GetValues<OutcomeReported>()
        from spread in Enum.GetValues<Spread>()
        from departure in Enum.GetValues<Departure>()
        select new IssueFacts
        {
            Harm = (flags & 1) != 0,
            Unrecoverable = (flags & 2) != 0,
            CauseKnown = (flags & 4) != 0,
            WorkaroundAccepted = (flags & 8) != 0,
            Effect = effect,
            Outcome = outcome,
            Spread = spread,
            Departure = departure,
        };
}
