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

    [Theory]
    [InlineData("PPMID", true)]
    [InlineData("HCALCS", true)]
    [InlineData("GSME", false)]
    public void Reading_the_version_of_a_type_that_has_no_such_request_is_found(string type, bool isOdd)
    {
        string text = PackText.WithSteps("- request: { srv: \"11.2\", device: mute }")
            .Replace("mute: { type: ESME", $"mute: {{ type: {type}", StringComparison.Ordinal);

        PackLint.Check(PackText.Load(text)).Findings
            .Any(finding => finding.Text == $"reads the firmware version (11.2) of a {type}, which is not offered").Should().Be(isOdd);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("\n- request: { srv: \"7.4\", device: mute }", false)]
    [InlineData("\n- request: { srv: \"7.4\" }", true)]
    public void An_activation_after_which_no_case_looks_at_another_device_is_found(string after, bool isOdd)
    {
        string activation = $"- request: {{ srv: \"11.3\", body: {{ FirmwareHash: {new string('A', 64)} }} }}";

        PackLint.Check(PackText.LoadSteps(activation + after)).Findings
            .Any(finding => finding.Text.StartsWith("activates firmware (11.3)", StringComparison.Ordinal)).Should().Be(isOdd);
    }

    [Fact]
    public void An_activation_that_is_to_be_refused_upsets_nothing()
    {
        string refused = $"- request: {{ srv: \"11.3\", body: {{ FirmwareHash: {new string('A', 64)} }} }}\n  expect: {{ success: false }}";

        PackLint.Check(PackText.LoadSteps(refused)).Findings
            .Should().NotContain(finding => finding.Text.StartsWith("activates", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "names no pair of versions and activates firmware (11.3): the plan cannot tell which cycle can run it")]
    [InlineData("firmware: { from: a, to: b, downgrade: unknown }", null)]
    [InlineData("firmware: { from: a, to: b, downgrade: refused, source: maker }", null)]
    [InlineData(
        "firmware: { from: a, to: b, downgrade: allowed, source: maker }",
        "may go back to a, and its clean-up does not: a second cycle cannot run it")]
    [InlineData(
        "firmware: { from: a, to: b, downgrade: refused, source: maker }\n"
        + "cleanup: [ { request: { srv: \"11.3\", body: { FirmwareHash: \"#\" } } } ]",
        "may not go back to a, and its clean-up activates firmware")]
    public void An_activation_wants_a_pair_of_versions_that_fits_its_clean_up(string rest, string? finding)
    {
        string hash = new('A', 64);
        string activation = $"- request: {{ srv: \"11.3\", body: {{ FirmwareHash: {hash} }} }}";

        string[] findings = [.. PackLint.Check(
            PackText.LoadSteps(activation, rest.Replace("#", hash, StringComparison.Ordinal))).Findings.Select(found => found.Text)];

        findings.Where(text => text.Contains("pair", StringComparison.Ordinal) || text.StartsWith("may", StringComparison.Ordinal))
            .Should().Equal(finding is null ? [] : [finding]);
    }

    [Fact]
    public void A_pair_whose_case_activates_nothing_is_found()
    {
        PackLint.Check(PackText.LoadSteps(
            "- request: { srv: \"7.4\" }", "firmware: { from: a, to: b, downgrade: unknown }"))
            .Findings.Should().Contain(finding => finding.Text == "names a pair of versions and activates none (11.3)");
    }

    [Fact]
    public void A_refused_disable_needs_no_clean_up()
    {
        PackLint.Check(PackText.LoadSteps("- request: { srv: \"7.2\", role: ED }\n  expect: { acknowledgement: E2 }"))
            .Findings.Should().NotContain(finding => finding.Text.StartsWith("disables", StringComparison.Ordinal));
    }
}
