using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Undo;
using DeviceHarness.Packs.Steps;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class StepChangesTests
{
    [Theory]
    [InlineData("2.2", StepChange.Irreversible)]
    [InlineData("2.3", StepChange.Reversible)]
    [InlineData("2.5", StepChange.Irreversible)]
    [InlineData("1.5", StepChange.Reversible)]
    [InlineData("6.11", StepChange.Irreversible)]
    [InlineData("6.14.2", StepChange.Reversible)]
    [InlineData("7.2", StepChange.Wearing)]
    [InlineData("4.1.1", StepChange.None)]
    public void A_variant_asks_for_leave_when_nothing_takes_back_what_it_did(string srv, StepChange change)
    {
        StepChanges.Of(Entry(srv)).Should().Be(change);
    }

    [Fact]
    public void What_is_irreversible_has_a_reason_why_nothing_undoes_it()
    {
        string[] irreversible =
            [.. StepChanges.Table.Where(row => row.Value == StepChange.Irreversible).Select(row => row.Key)];

        irreversible.Should().NotBeEmpty();
        foreach (string srv in irreversible)
        {
            bool isSaid = UndoRules.WhyWithoutInverse("ESME", srv) is not null || Entry(srv).NotOnDevice.Length > 0;

            isSaid.Should().BeTrue($"{srv} is either undone by another request, or somebody knows why not");
            UndoRules.Find("ESME", srv).Should().BeNull($"{srv} would be put back by the rig");
        }
    }

    private static SrvEntry Entry(string srv) => SrvCatalogue.Entries.Single(entry => entry.Srv == srv);
}
