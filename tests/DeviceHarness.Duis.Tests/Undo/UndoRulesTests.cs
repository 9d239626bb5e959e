using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Undo;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Undo;

public sealed class UndoRulesTests
{
    [Theory]
    [InlineData("7.1", "supply")]
    [InlineData("7.2", "supply")]
    [InlineData("7.3", "supply")]
    [InlineData("1.6", "payment mode")]
    [InlineData("7.4", null)]
    [InlineData("11.3", null)]
    [InlineData("1.1.1", null)]
    public void A_command_is_undone_by_the_rule_of_the_state_that_it_changes(string srv, string? rule)
    {
        UndoRules.Find("ESME", srv)?.Name.Should().Be(rule);
        UndoRules.Find("GSME", srv).Should().BeNull("7.1 is for electricity alone");
    }

    [Theory]
    [InlineData("Enabled", typeof(EnableSupply))]
    [InlineData("Disabled", typeof(DisableSupply))]
    [InlineData("Armed", typeof(ArmSupply))]
    [InlineData("Elsewhere", null)]
    public void Each_state_of_the_supply_has_its_command(string state, Type? command)
    {
        UndoRules.Supply.Restore(state)?.GetType().Should().Be(command);
    }

    [Fact]
    public void A_command_that_brings_the_baseline_about_needs_no_undo()
    {
        new EnableSupply().Should().Be(UndoRules.Supply.Restore("Enabled"));
        new UpdatePaymentMode(Prepayment: null).Should().Be(UndoRules.PaymentMode.Restore("Credit"));
        UndoRules.PaymentMode.Restore("Prepayment").Should().BeNull("its settings are not read back whole");
    }

    [Fact]
    public void The_rig_file_states_another_baseline()
    {
        Dictionary<string, string> facts = new() { ["baseline-supply"] = "Disabled" };

        UndoRules.Supply.BaselineOf(facts).Should().Be("Disabled");
        UndoRules.Supply.BaselineOf(new Dictionary<string, string>()).Should().Be("Enabled");
        UndoRules.PaymentMode.BaselineOf(facts).Should().BeNull();
    }

    [Fact]
    public void A_rule_names_critical_commands_and_reads_back_without_changing_anything()
    {
        UndoRules.All.SelectMany(rule => rule.Variants)
            .Should().OnlyContain(srv => SrvCatalogue.Entries.Single(entry => entry.Srv == srv).Criticality == SrvCriticality.Critical);
        UndoRules.All.Select(rule => rule.Read.ServiceReferenceVariant)
            .Should().OnlyContain(srv => SrvCatalogue.Entries.Single(entry => entry.Srv == srv).Criticality == SrvCriticality.NonCritical);
    }
}
