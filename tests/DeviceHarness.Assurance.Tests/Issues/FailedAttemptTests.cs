using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Issues;

public sealed class FailedAttemptTests
{
    private static readonly IssueEvidence Evidence = new()
    {
        Step = 2,
        Symptom = "ExpectationMissed: body SupplyState",
        Effect = EffectAchieved.No,
        EffectSource = "step 2",
    };

    [Fact]
    public void The_fingerprint_holds_case_SRV_step_symptom_device_model_and_firmware()
    {
        Failed(Evidence).Fingerprint.Should().Be(new Fingerprint(
            "CASE-01", "7.4", "read the status", "ExpectationMissed: body SupplyState", "ESME generic-smets1-esme", "4.2.0"));
    }

    [Fact]
    public void Each_part_of_a_fingerprint_makes_another_key()
    {
        Fingerprint one = Failed(Evidence).Fingerprint;
        Fingerprint[] all =
        [
            one, one with { CaseId = "x" }, one with { ServiceReferenceVariant = "x" }, one with { Step = "x" },
            one with { Symptom = "x" }, one with { DeviceModel = "x" }, one with { Firmware = "x" },
            one with { CaseId = "CASE-017", ServiceReferenceVariant = ".4" },
        ];

        all.Select(fingerprint => fingerprint.Key).Should().OnlyHaveUniqueItems().And.OnlyContain(key => key.Length == 32);
        (one with { }).Key.Should().Be(one.Key);
    }

    [Fact]
    public void Without_a_stated_symptom_the_step_s_reason_stands_for_it_without_what_changes()
    {
        Failed(new IssueEvidence { Step = 2 }).Fingerprint.Symptom.Should().Be("found # Wh at #, wanted # Wh (E21)");
    }

    [Fact]
    public void An_agent_that_says_nothing_leaves_everything_unknown_and_the_first_failed_step_decides()
    {
        FailedAttempt failed = Failed(evidence: null);

        failed.Deciding!.Index.Should().Be(2);
        failed.Facts.Should().Be(new IssueFacts());
        failed.Known.Should().BeNull();
    }

    [Fact]
    public void A_step_that_sends_nothing_is_about_the_request_before_it()
    {
        Step log = Step(3, "look at the status log", "", "");

        Failed(Evidence with { Step = 3 }, log).Fingerprint.Should().BeEquivalentTo(
            new { ServiceReferenceVariant = "7.4", Step = "look at the status log", DeviceModel = "ESME generic-smets1-esme" });
    }

    [Fact]
    public void A_known_issue_fills_in_what_the_attempt_does_not_know_and_nothing_that_it_does()
    {
        FailedAttempt late = Failed(Evidence with { KnownIssue = "110029", Effect = EffectAchieved.Unknown });
        FailedAttempt graver = Failed(Evidence with { KnownIssue = "110029" });

        (late.Facts.Effect, late.Facts.EffectSource).Should().Be((EffectAchieved.Yes, "known issue 110029"));
        (late.Facts.Outcome, late.Facts.CauseKnown).Should().Be((OutcomeReported.WrongOrLate, true));
        SeverityTable.Propose(late.Facts).Severity.Should().Be(3);
        graver.Facts.Effect.Should().Be(EffectAchieved.No, "the attempt knows that there was no effect");
        SeverityTable.Propose(graver.Facts).Severity.Should().Be(2);
    }

    [Theory]
    [InlineData("expected I99, found E20", "expected I99, found E20")]
    [InlineData("after 12.5 s at 2026-01-05T12:00:00Z: -3", "after # s at #: #")]
    [InlineData("90-B3-D5-1F-30-00-00-A0 said 7E A0 07 03", "# said #")]
    [InlineData("code 0x8F72 of\n  three\tlines", "code # of three lines")]
    [InlineData("CASE-01 step 2", "CASE-# step #")]
    public void A_symptom_keeps_its_words_and_codes_and_loses_its_numbers(string text, string normal)
    {
        SymptomText.Normalise(text).Should().Be(normal);
        SymptomText.Normalise(normal).Should().Be(normal, "it is stable");
    }

    [Fact]
    public void A_symptom_has_a_longest_length()
    {
        SymptomText.Normalise(new string('a', 5_000)).Should().HaveLength(SymptomText.MaximumCharacters);
    }

    [Fact]
    public void The_graver_of_two_answers_holds_and_what_people_said_stays()
    {
        IssueFacts held = new() { Effect = EffectAchieved.Yes, EffectSource = "a", CauseKnown = true, Spread = Spread.Whole };
        IssueFacts seen = new()
        {
            Effect = EffectAchieved.No,
            EffectSource = "b",
            Outcome = OutcomeReported.Right,
            Spread = Spread.Partial,
        };

        IssueFacts both = held.With(seen);

        both.Should().Be(new IssueFacts
        {
            Effect = EffectAchieved.No,
            EffectSource = "b",
            Outcome = OutcomeReported.Right,
            CauseKnown = true,
            Spread = Spread.Whole,
        });
        both.With(held).Should().Be(both, "a milder answer takes nothing back");
    }

    private static FailedAttempt Failed(IssueEvidence? evidence, params Step[] more) => new(
        "CASE-01", "read the status: no", evidence,
        [
            Step(1, "disable", "7.2", "") with { Verdict = Verdict.Passed },
            Step(2, "read the status", "7.4", "found 1234567 Wh at 12:00:01, wanted 99 Wh (E21)"), .. more,
        ],
        [AssuranceSamples.Device(AssuranceSamples.Virtual)], PassedBefore: false);

    private static Step Step(int index, string name, string srv, string reason) => new(
        index, name, Verdict.Failed, reason, srv, srv.Length == 0 ? "" : "esme-01", "I99", "I0", TimeSpan.Zero, Latency: null);
}
