using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Tests.Support;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Loader;

public sealed class PackLintTests
{
    [Theory]
    [InlineData("- request: { srv: \"7.4\" }\n  capture: { was: SupplyState }", "captures 'was' and never uses it")]
    [InlineData("- request: { srv: \"7.2\" }", "disables the supply (7.2) and does not enable it (7.1) in clean-up")]
    [InlineData("- wait: 1s", "sends no request, so it can only pass")]
    [InlineData("- wait: 3m\n- request: { srv: \"7.4\" }", "waits longer than its budget")]
    [InlineData(
        "- request: { srv: \"7.4\" }\n  repeat: { until: met, every: 1m, at-most: 4 }",
        "its steps may wait and be repeated for longer than its budget: they would end it Inconclusive, not Failed")]
    [InlineData(
        "- request: { srv: \"7.4\" }\n  repeat: { until: met, every: 5s, at-most: 10, within: 8s }",
        "'request 7.4' is repeated at most 10 times, and its time ends with round 3")]
    [InlineData(
        "- request: { srv: \"7.4\" }\n  change: irreversible\n  repeat: { until: met, every: 5s, at-most: 2, unsafe: allowed }",
        "'request 7.4' is repeated, and nothing undoes it")]
    [InlineData(
        "- request: { srv: \"7.4\" }\n  repeat: { until: met, every: 5s, at-most: 2, unsafe: allowed }",
        "'request 7.4' allows to repeat an unsafe request, which it is not")]
    [InlineData("- request: { srv: \"7.4\" }", "names no source")]
    [InlineData("- request: { srv: \"7.4\" }", "no case uses the device role 'mute'")]
    public void What_is_odd_is_found(string steps, string finding)
    {
        PackLint.Check(PackText.LoadSteps(steps)).Findings.Select(found => found.Text).Should().Contain(finding);
    }

    [Fact]
    public void A_repetition_that_fits_its_budget_is_nothing_odd()
    {
        PackLint.Check(PackText.LoadSteps(
            "- request: { srv: \"7.1\" }\n  repeat: { until: met, every: 5s, within: 2m, unsafe: allowed }", "sources: [ a clause ]"))
            .Findings.Select(finding => finding.Text).Should().Equal("no case uses the device role 'mute'");
    }

    [Fact]
    public void A_refused_disable_needs_no_clean_up()
    {
        PackLint.Check(PackText.LoadSteps("- request: { srv: \"7.2\", role: ED }\n  expect: { acknowledgement: E2 }"))
            .Findings.Should().NotContain(finding => finding.Text.StartsWith("disables", StringComparison.Ordinal));
    }
}
