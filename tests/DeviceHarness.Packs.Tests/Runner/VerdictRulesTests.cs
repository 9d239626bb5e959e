using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Runner;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Runner;

public sealed class VerdictRulesTests
{
    public static TheoryData<HarnessException, Symptom, Verdict> Exceptions => new()
    {
        { new TransportException("T-1", "the port is gone", "tty0"), Symptom.BenchBroke, Verdict.Inconclusive },
        { new LinkTimeoutException("L-1", "SNRM", "UA", TimeSpan.FromSeconds(1), 3), Symptom.BenchBroke, Verdict.Inconclusive },
        { new RemoteProtocolException("R-1", "bad FCS", new byte[] { 1 }), Symptom.BrokenProtocol, Verdict.Inconclusive },
        { new DeviceRefusedException("D-1", "GET", 3, "read-write-denied"), Symptom.DeviceRefused, Verdict.Failed },
        { new AssociationRefusedException("A-1", "AARQ", 13, "authentication failure", "LLS"), Symptom.DeviceRefused, Verdict.Failed },
        { new ConfigurationException("C-1", "rig.yaml", 1, 1, "a", "b", "c"), Symptom.HarnessWrong, Verdict.Error },
        { new LocalProtocolException("P-1", "send", "closed", "GET"), Symptom.HarnessWrong, Verdict.Error },
        { new AdapterException("Z-1", AdapterFault.Rebooted, "the adapter has rebooted"), Symptom.BenchBroke, Verdict.Inconclusive },
    };

    [Theory]
    [InlineData(Symptom.ExpectationsMet, Verdict.Passed)]
    [InlineData(Symptom.ExpectationMissed, Verdict.Failed)]
    [InlineData(Symptom.NeverMet, Verdict.Failed)]
    [InlineData(Symptom.MomentUnproven, Verdict.Inconclusive)]
    [InlineData(Symptom.SilentOnSoundLink, Verdict.Failed)]
    [InlineData(Symptom.DeviceRefused, Verdict.Failed)]
    [InlineData(Symptom.Unreachable, Verdict.Inconclusive)]
    [InlineData(Symptom.SilentLink, Verdict.Inconclusive)]
    [InlineData(Symptom.BrokenProtocol, Verdict.Inconclusive)]
    [InlineData(Symptom.BenchBroke, Verdict.Inconclusive)]
    [InlineData(Symptom.StepTimedOut, Verdict.Inconclusive)]
    [InlineData(Symptom.BudgetSpent, Verdict.Inconclusive)]
    [InlineData(Symptom.Cancelled, Verdict.Inconclusive)]
    [InlineData(Symptom.RequestMalformed, Verdict.Error)]
    [InlineData(Symptom.HarnessWrong, Verdict.Error)]
    [InlineData(Symptom.PreconditionUnmet, Verdict.Blocked)]
    public void Every_symptom_has_its_verdict(Symptom symptom, Verdict verdict)
    {
        VerdictRules.Judge(symptom).Should().Be(verdict);
    }

    [Fact]
    public void The_table_leaves_no_symptom_out()
    {
        Enum.GetValues<Symptom>().Should().OnlyContain(symptom => VerdictRules.Table.ContainsKey(symptom));
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Every_exception_of_the_harness_has_its_verdict(HarnessException exception, Symptom symptom, Verdict verdict)
    {
        VerdictRules.OfException(exception).Should().Be(symptom);
        VerdictRules.Judge(symptom).Should().Be(verdict);
    }

    [Theory]
    [InlineData(Symptom.NeverMet, Symptom.ExpectationMissed, Symptom.ExpectationMissed)]
    [InlineData(Symptom.NeverMet, Symptom.SilentOnSoundLink, Symptom.ExpectationMissed)]
    [InlineData(Symptom.SilentOnSoundLink, Symptom.ExpectationMissed, Symptom.SilentOnSoundLink)]
    [InlineData(Symptom.DeviceRefused, Symptom.ExpectationMissed, Symptom.DeviceRefused)]
    [InlineData(Symptom.Unreachable, Symptom.ExpectationMissed, Symptom.Unreachable, Symptom.SilentLink, Symptom.ExpectationMissed)]
    [InlineData(Symptom.MomentUnproven, Symptom.MomentUnproven, Symptom.ExpectationMissed)]
    public void Rounds_without_a_met_one_are_judged_by_the_first_that_proves_nothing_else_by_the_last(
        Symptom expected, params Symptom[] rounds)
    {
        VerdictRules.OfRounds(rounds).Should().Be(expected);
    }

    [Fact]
    public void Only_what_the_device_or_its_silence_said_is_asked_again()
    {
        Enum.GetValues<Symptom>().Where(VerdictRules.LetsRepeat).Should().BeEquivalentTo([
            Symptom.ExpectationMissed, Symptom.MomentUnproven, Symptom.Unreachable, Symptom.SilentOnSoundLink, Symptom.SilentLink,
            Symptom.DeviceRefused]);
    }

    [Theory]
    [InlineData(DeviceOutcomeKind.Done, null, "I0", Symptom.ExpectationMissed)]
    [InlineData(DeviceOutcomeKind.Refused, null, "I0", Symptom.ExpectationMissed)]
    [InlineData(DeviceOutcomeKind.Unreachable, null, "E20", Symptom.Unreachable)]
    [InlineData(DeviceOutcomeKind.NoAnswer, true, "E21", Symptom.SilentOnSoundLink)]
    [InlineData(DeviceOutcomeKind.NoAnswer, false, "E21", Symptom.SilentLink)]
    [InlineData(DeviceOutcomeKind.NoAnswer, null, "E21", Symptom.SilentLink)]
    [InlineData(DeviceOutcomeKind.ProtocolError, null, "E21", Symptom.BrokenProtocol)]
    [InlineData(DeviceOutcomeKind.NotOverThisLink, null, "E20", Symptom.PreconditionUnmet)]
    [InlineData(null, null, "E20", Symptom.Unreachable)]
    [InlineData(null, null, "E21", Symptom.SilentLink)]
    [InlineData(null, null, "I0", Symptom.ExpectationMissed)]
    [InlineData(null, null, null, Symptom.ExpectationMissed)]
    public void A_miss_is_judged_by_what_the_device_did(DeviceOutcomeKind? kind, bool? linkAnswersProbe, string? code, Symptom expected)
    {
        DeviceOutcome? outcome = kind is null ? null : new DeviceOutcome(kind.Value, Body: null, string.Empty, DeviceCode: null,
            linkAnswersProbe);

        VerdictRules.OfMiss(outcome, code).Should().Be(expected);
    }
}
