using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Undo;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Durability;

/// <summary>What the ledger took survives a loss of power, and what it did not take is never half there.</summary>
public sealed class UndoLedgerTests
{
    private const int Seeds = 500;

    private static readonly UndoEntry Supply =
        new("esme-01", "supply", "Enabled", "7.2", "SMK-04 (e-1, attempt 1)", DateTimeOffset.UnixEpoch);

    private static readonly UndoEntry Quarantined = Supply with { Quarantine = "it stays off" };

    [Fact]
    public void A_registered_inverse_is_there_after_a_loss_of_power()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            DroppingStorage storage = new();
            UndoLedger.Open(storage).Register(Supply);

            UndoLedger after = UndoLedger.Open(storage.FailPower(new Random(seed)));

            after.Entries.Should().Equal([Supply], $"seed {seed}");
        }
    }

    [Fact]
    public void A_disk_whose_flush_does_nothing_is_found_out()
    {
        int lost = Enumerable.Range(1, Seeds).Count(seed =>
        {
            DroppingStorage storage = new() { Flushes = false };
            UndoLedger.Open(storage).Register(Supply);
            return UndoLedger.Open(storage.FailPower(new Random(seed))).Entries.Count == 0;
        });

        lost.Should().BePositive("else these tests could not see a lost flush");
    }

    [Fact]
    public void A_loss_of_power_at_any_act_leaves_an_entry_whole_or_not_at_all()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            Random random = new(seed);
            DroppingStorage storage = new();
            DroppingStorage? image = null;
            int failure = random.Next(1, 9);
            storage.BeforeAct = act => image = act == failure ? storage.FailPower(random) : image;
            UndoLedger ledger = UndoLedger.Open(storage);
            ledger.Register(Supply);
            ledger.Replace(Supply, Quarantined);

            IReadOnlyList<UndoEntry> left = UndoLedger.Open(image ?? storage.FailPower(random)).Entries;

            left.Except([Supply, Quarantined]).Should().BeEmpty($"seed {seed}");
            (failure <= 3 || left.Count > 0).Should().BeTrue($"seed {seed}: what was registered before act {failure} may not be gone");
        }
    }

    [Fact]
    public void A_closed_entry_is_gone_and_its_number_is_not_given_again()
    {
        DroppingStorage storage = new();
        UndoLedger ledger = UndoLedger.Open(storage);
        ledger.Register(Supply);
        ledger.Close(Supply);

        ledger.Register(Supply with { Device = "esme-02" });

        ledger.Entries.Should().ContainSingle().Which.Device.Should().Be("esme-02");
        storage.List().Should().Equal("000000000002.journal");
    }

    [Fact]
    public void A_full_disk_takes_no_entry_so_that_no_command_is_sent()
    {
        DroppingStorage storage = new();
        UndoLedger ledger = UndoLedger.Open(storage);
        storage.IsFull = true;
        Action register = () => ledger.Register(Supply);

        register.Should().Throw<TransportException>().Which.Code.Should().Be("UNDO-001");
        ledger.Entries.Should().BeEmpty();
    }
}
