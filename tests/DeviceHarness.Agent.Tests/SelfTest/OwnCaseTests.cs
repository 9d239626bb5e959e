using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.SelfTest;

/// <summary>Defects that one case is there for: it fails under its defect, at the step that looks for it, and passes on a sound
/// bench.</summary>
public sealed class OwnCaseTests
{
    private static readonly SelfTestSuite Suite = SelfTestSuite.Read(RepositoryRoot.Path);

    [Theory]
    [InlineData("token-not-credited", "prepayment PRE-01", 6)]
    [LongInlineData("token-taken-twice", "prepayment PRE-02", 6)]
    [LongInlineData("foreign-token-taken", "prepayment PRE-03-FOREIGN", 5)]
    [InlineData("misprint-taken", "prepayment PRE-03-MISPRINT", 5)]
    [LongInlineData("forged-token-taken", "prepayment PRE-03-FORGED", 5)]
    [LongInlineData("token-limit-ignored", "prepayment PRE-03-LIMIT", 5)]
    [InlineData("debt-not-recovered", "prepayment PRE-04", 7)]
    [LongInlineData("emergency-credit-refused", "prepayment PRE-05", 4)]
    [LongInlineData("supply-on-without-credit", "prepayment PRE-06", 7)]
    [InlineData("rotation-lies", "key-rotation KEY-01", 2)]
    [LongInlineData("upgrade-path-ignored", "firmware-order FW-09", 1)]
    [LongInlineData("dated-activation-early", "firmware-order FW-04", 4)]
    [InlineData("cancel-ignored", "firmware-order FW-04", 7)]
    [LongInlineData("replay-accepted", "security-negative SEC-01", 2)]
    [LongInlineData("unknown-user-accepted", "security-negative SEC-02", 1)]
    [InlineData("registration-ignored", "security-negative SEC-03", 1)]
    [LongInlineData("rotation-lies", "key-automation KEY-04", 4)]
    [LongInlineData("rotation-not-repeated", "key-automation KEY-REPEAT", 1)]
    [InlineData("certificate-unchecked", "operator-certificates KRP-03", 1)]
    [LongInlineData("dated-request-early", "service-provider DSP-01", 1)]
    [LongInlineData("dated-request-early", "service-provider DSP-04", 2)]
    [InlineData("withdrawal-ignored", "service-provider DSP-02", 3)]
    [LongInlineData("suspension-ignored", "service-provider DSP-03", 3)]
    [LongInlineData("threshold-ignored", "service-provider ADT-01", 4)]
    [InlineData("threshold-ignored", "service-provider ADT-02", 4)]
    [LongInlineData("requests-not-replicated", "service-provider SITE-01", 7)]
    [LongInlineData("tokens-not-replicated", "prepayment PRE-07", 8)]
    [InlineData("registration-ignored", "dmct-srv OWNER", 1)]
    [LongInlineData("registration-ignored", "dmct-srv OWNER-C", 1)]
    [LongInlineData("status-ignored", "dmct-srv STATUS", 2)]
    [InlineData("dormant-supplier-lost", "installation-migration MIX-01", 6)]
    [LongInlineData("file-order-ignored", "installation-migration MIG-ORDER", 3)]
    [LongInlineData("file-order-ignored", "installation-migration MIG-LIMIT", 2)]
    [InlineData("slow-migration-hidden", "installation-migration MIG-SLOW", 5)]
    public async Task A_defect_turns_the_case_red_that_is_there_for_it(string defect, string testCase, int step)
    {
        SelfTestOutcome outcome = await SelfTestSuite
            .RunAsync(Suite.Cases.Single(one => one.Name == testCase), DefectSwitch.Find(defect), CancellationToken.None)
            .DefaultTimeout();

        outcome.Verdict.Should().Be(Verdict.Failed, outcome.Reason);
        outcome.Step.Should().Be(step, outcome.Reason);
    }

    [Fact]
    public async Task A_mixed_installation_whose_dormant_supplier_is_lost_fails_under_its_known_issue_and_the_others_pass()
    {
        DefectSwitch lost = DefectSwitch.Find("dormant-supplier-lost")!;
        SelfTestCase[] cases = [.. Suite.Cases.Where(one => one.Name.StartsWith("installation-migration MIX-", StringComparison.Ordinal))];

        IReadOnlyList<SelfTestOutcome> outcomes = await SelfTestSuite.RunAllAsync(cases, lost, CancellationToken.None).DefaultTimeout();

        outcomes.Select(outcome => outcome.Verdict).Should().Equal(Verdict.Failed, Verdict.Passed, Verdict.Passed);
        outcomes[0].Reason.Should().StartWith("known issue 200347: ");
    }

    [Theory]
    [InlineData("firmware-order FW-04")]
    [LongInlineData("firmware-order FW-09")]
    [LongInlineData("prepayment PRE-03-LIMIT")]
    [LongInlineData("key-automation KEY-04")]
    [InlineData("key-automation KEY-REPEAT")]
    [LongInlineData("service-provider DSP-04")]
    [LongInlineData("service-provider ADT-01")]
    [LongInlineData("service-provider ADT-02")]
    [InlineData("service-provider SITE-01")]
    [LongInlineData("service-provider AWAY")]
    [LongInlineData("dmct-srv OPEN")]
    [LongInlineData("dmct-srv OWNER")]
    [InlineData("dmct-srv OWNER-C")]
    [LongInlineData("dmct-srv STATUS")]
    [LongInlineData("dmct-srv TYPE")]
    [LongInlineData("installation-migration MIX-01")]
    [InlineData("installation-migration MIX-02-dormant")]
    [LongInlineData("installation-migration MIG-ORDER")]
    [LongInlineData("installation-migration MIG-SLOW")]
    [LongInlineData("installation-migration MIG-LIMIT")]
    public async Task On_a_sound_bench_it_passes(string testCase)
    {
        SelfTestOutcome outcome = await SelfTestSuite
            .RunAsync(Suite.Cases.Single(one => one.Name == testCase), null, CancellationToken.None).DefaultTimeout();

        outcome.Verdict.Should().Be(Verdict.Passed, outcome.Reason);
    }
}
