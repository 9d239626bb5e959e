using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class ProvenanceRuleTests
{
    [Fact]
    public void One_virtual_device_makes_the_whole_virtual()
    {
        Provenance? weakest = ProvenanceRule.Weakest([RealDcc, Virtual, RealDcc]);

        weakest.Should().Be(Virtual);
        ProvenanceRule.IsEvidence(weakest).Should().BeFalse();
    }

    [Fact]
    public void Only_real_devices_are_evidence_and_nothing_known_is_none()
    {
        ProvenanceRule.IsEvidence(RealDcc).Should().BeTrue();
        ProvenanceRule.IsEvidence(null).Should().BeFalse();
        ProvenanceRule.Weakest([]).Should().BeNull();
    }

    [Fact]
    public void Every_provenance_but_real_through_the_DCC_has_a_banner()
    {
        ProvenanceRule.Banner(Virtual).Should().Be(
            "Virtual devices: not evidence for DMCT or EPCL; a local pass does not prove the S1SP path");
        ProvenanceRule.Banner(new Provenance(Route.Dcc, Origin.Replayed)).Should().Contain("not evidence");
        ProvenanceRule.Banner(new Provenance(Route.Dcc, Origin.Scaled)).Should().Contain("not evidence").And.Contain("scaled");
        ProvenanceRule.Banner(new Provenance(Route.LocalHan, Origin.Real)).Should().Contain("does not prove the S1SP path");
        ProvenanceRule.Banner(null).Should().Contain("not evidence");
        ProvenanceRule.Banner(RealDcc).Should().BeEmpty();
    }
}
