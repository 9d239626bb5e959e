using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Duis.Bodies.Supply;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Durability;

/// <summary>What wears a device out is counted whatever happens to the power of the Pi itself.</summary>
public sealed class WearLedgerTests
{
    private const int Seeds = 200;

    private static readonly RigConfiguration Rig = BenchFolder.Parse(BenchFolder.RigText + "\n    wear-limit: 3");
    private static readonly RigDevice Esme = Rig.Devices[0];

    [Fact]
    public void Every_command_that_wears_is_counted_and_is_there_after_a_loss_of_power()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            DroppingStorage storage = new();
            WearLedger ledger = Open(storage);
            ledger.Note(Esme, new DisableSupply());
            ledger.Note(Esme, new ReadSupplyStatus());
            ledger.Note(Esme, new EnableSupply());

            WearLedger after = Open(storage.FailPower(new Random(seed)));

            (ledger.CountOf(Esme.Id), after.CountOf(Esme.Id), after.LeftOf(Esme.Id)).Should().Be((2, 2, 1), $"seed {seed}");
        }
    }

    [Fact]
    public void What_puts_a_device_back_is_counted_beyond_the_limit()
    {
        WearLedger ledger = Open(new DroppingStorage());
        for (int time = 0; time < 5; time++)
        {
            ledger.Note(Esme, new EnableSupply());
        }

        (ledger.CountOf(Esme.Id), ledger.LeftOf(Esme.Id)).Should().Be((5, 0));
    }

    [Fact]
    public void A_medium_that_takes_no_count_keeps_the_command_back()
    {
        DroppingStorage storage = new();
        WearLedger ledger = Open(storage);
        storage.BeforeAct = _ => throw new IOException("no space left");

        Action note = () => ledger.Note(Esme, new DisableSupply());

        note.Should().Throw<TransportException>().Which.Code.Should().Be("WEAR-001");
        ledger.CountOf(Esme.Id).Should().Be(0);
    }

    [Fact]
    public void Real_devices_are_counted_always_and_virtual_ones_when_the_rig_file_says_so()
    {
        RigDevice real = Esme with { WearLimit = null, Link = Esme.Link with { Via = LinkVia.Serial } };

        Limits(Esme).Should().ContainSingle().Which.Value.Should().Be(3);
        Limits(Esme with { WearLimit = null }).Should().BeEmpty();
        Limits(real).Should().ContainSingle().Which.Value.Should().Be(WearLedger.DefaultLimit);
        Limits(real with { WearLimit = 20 }).Should().ContainSingle().Which.Value.Should().Be(20);
    }

    private static IReadOnlyDictionary<DeviceId, int> Limits(RigDevice device) => WearLedger.LimitsOf(Rig with { Devices = [device] });

    private static WearLedger Open(IJournalStorage storage) => new(storage, WearLedger.LimitsOf(Rig));
}
