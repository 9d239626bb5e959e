using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

/// <summary>The DUIS version is a setting of each User of a rig file.</summary>
public sealed class DuisVersionsTests
{
    private const string Rig = """
        rig: bench-07
        users:
          IS: 90-B3-D5-1F-30-01-00-01
          IS-other: 90-B3-D5-1F-30-01-00-02
          OU: 90-B3-D5-1F-30-01-00-01
        devices:
          esme-01:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A0
            profile: generic
            link: { via: virtual, model: esme.yaml }

        """;

    [Fact]
    public void A_user_s_system_speaks_the_stated_version_and_that_of_any_other_user_the_newest()
    {
        RigConfiguration rig = Read("{ IS-other: \"3.1\" }");

        rig.DuisVersionOf(rig.Users["IS-other"]).Should().Be("3.1");
        rig.DuisVersionOf(rig.Users["IS"]).Should().Be("5.4");
        rig.DuisVersions.Keys.Should().Equal(rig.Users["IS-other"]);
    }

    [Theory]
    [InlineData("{ OU: \"2.0\" }", "'2.0'", "3.0, 3.1, 5.0, 5.1, 5.2, 5.3, 5.4")]
    [InlineData("{ GT: \"3.1\" }", "'GT', which is no User", "IS, IS-other, OU")]
    [InlineData("{ XX: \"3.1\" }", "the key 'XX'", "ED, ED-other")]
    [InlineData("{ IS: \"5.4\", OU: \"3.1\" }", "a second version of 90-B3-D5-1F-30-01-00-01", "as in its other role")]
    public void A_version_that_is_none_of_no_user_or_a_user_s_second_is_told(string versions, string found, string allowed)
    {
        Action read = () => Read(versions);

        ConfigurationException fault = read.Should().Throw<ConfigurationException>().Which;
        fault.Found.Should().Contain(found);
        fault.Allowed.Should().Contain(allowed);
    }

    private static RigConfiguration Read(string versions) =>
        RigConfigurationReader.Parse($"{Rig}duis-versions: {versions}\n", "/bench/rig.yaml");
}
