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
    [InlineData("- request: { srv: \"7.4\" }", "names no source")]
    [InlineData("- request: { srv: \"7.4\" }", "no case uses the device role 'mute'")]
    public void What_is_odd_is_found(string steps, string finding)
    {
        PackLint.Check(PackText.LoadSteps(steps)).Findings.Select(found => found.Text).Should().Contain(finding);
    }

    [Fact]
    public void A_refused_disable_needs_no_clean_up()
    {
        PackLint.Check(PackText.LoadSteps("- request: { srv: \"7.2\", role: ED }\n  expect: { acknowledgement: E2 }"))
            .Findings.Should().NotContain(finding => finding.Text.StartsWith("disables", StringComparison.Ordinal));
    }
}
