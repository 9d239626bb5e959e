using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Assurance.Regression;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Proposals;

public sealed class FirmwareTestRulesTests
{
    private static readonly FirmwareChange Meter = new("esme-01", "ESME", "4.2.0", "4.3.0");
    private static readonly DmcDefinition NotOnTheList = new("002255", "IOC Aclara", ["s1sp-cgi"]);

    [Fact]
    public void Firmware_beyond_that_of_an_entry_of_the_list_goes_to_PPCT()
    {
        TestProposal proposal = FirmwareTestRules.Propose([Meter], "002255", Eligible(("ESME", "4.2.0"), ("CHF", "1.3")));

        (proposal.Test, proposal.Rule).Should().Be((ProposedTest.Ppct, FirmwareTestRules.Beyond));
        proposal.ToString().Should().Be(
            "PPCT for esme-01 (ESME) 4.2.0 to 4.3.0, by rule FC-2: 002255 is on the EPCL with ESME=4.2.0, CHF=1.3: "
            + "other firmware is tested in PPCT");
    }

    [Fact]
    public void A_combination_that_is_not_on_the_list_goes_to_DMCT()
    {
        TestProposal proposal = FirmwareTestRules.Propose([Meter], "002255", NotOnTheList);

        (proposal.Test, proposal.Rule).Should().Be((ProposedTest.Dmct, FirmwareTestRules.NotListed));
    }

    [Theory]
    [InlineData("", "marked with no combination")]
    [InlineData("002256", "002256 is not stated")]
    public void Without_a_statement_the_default_is_DMCT_and_says_what_it_assumes(string dmc, string expected)
    {
        TestProposal proposal = FirmwareTestRules.Propose([Meter], dmc, dmc: null);

        proposal.Test.Should().Be(ProposedTest.Dmct);
        proposal.Rule.Should().Contain("default");
        proposal.Why.Should().Contain(expected).And.Contain("assumed");
    }

    [Fact]
    public void Versions_that_the_list_holds_already_need_the_cycle_again_and_one_that_it_does_not_hold_needs_PPCT_for_all()
    {
        FirmwareChange hub = new("hub-01", "CHF", "1.3", "1.4");
        DmcDefinition both = Eligible(("ESME", "4.2.0"), ("ESME", "4.3.0"));

        TestProposal listed = FirmwareTestRules.Propose([Meter], "002255", both);
        TestProposal mixed = FirmwareTestRules.Propose([Meter, hub], "002255", both);
        TestProposal otherType = FirmwareTestRules.Propose([Meter], "002255", Eligible(("GSME", "4.3.0")));

        (listed.Test, listed.Rule).Should().Be((ProposedTest.CycleAgain, FirmwareTestRules.Listed));
        (mixed.Test, mixed.Changes.Count).Should().Be((ProposedTest.Ppct, 2));
        otherType.Test.Should().Be(ProposedTest.Ppct, "a version of another type of device is another version");
    }

    [Fact]
    public void Nothing_is_proposed_where_nothing_changed()
    {
        Action act = () => FirmwareTestRules.Propose([], "002255", NotOnTheList);

        act.Should().Throw<ArgumentException>();
    }

    private static DmcDefinition Eligible(params (string Type, string Version)[] firmware) => NotOnTheList with
    {
        Eligible = [.. firmware.Select(row => new EligibleFirmware(row.Type, row.Version))],
    };
}
