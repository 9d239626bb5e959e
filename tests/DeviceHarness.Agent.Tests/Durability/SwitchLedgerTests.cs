using DeviceHarness.Agent.Power;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Durability;

/// <summary>What was switched is counted whatever happens to the power of the Pi itself.</summary>
public sealed class SwitchLedgerTests
{
    private const int Seeds = 500;

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Every_counted_switching_and_an_isolation_are_there_after_a_loss_of_power()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            DroppingStorage storage = new();
            SwitchLedger ledger = Open(storage);
            ledger.NoteOff("mains-01");
            ledger.NoteOff("mains-02");
            ledger.NoteOff("mains-01");
            ledger.NoteIsolation();

            SwitchLedger after = Open(storage.FailPower(new Random(seed)));

            (after.CountOf("mains-01"), after.CountOf("mains-02"), after.IsIsolated).Should().Be((2, 1, true), $"seed {seed}");
        }
    }

    [Fact]
    public void A_line_that_the_loss_tore_swallows_none_that_follows()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            Random random = new(seed);
            DroppingStorage storage = new();
            DroppingStorage? image = null;
            int failure = random.Next(3, 7);
            storage.BeforeAct = act => image = act == failure ? storage.FailPower(random) : image;
            SwitchLedger ledger = Open(storage);
            ledger.NoteOff("mains-01");
            ledger.NoteOff("mains-01");

            SwitchLedger after = Open(image ?? storage.FailPower(random));
            int before = after.CountOf("mains-01");
            after.NoteOff("mains-01");

            after.CountOf("mains-01").Should().Be(before + 1, $"seed {seed}");
        }
    }

    [Fact]
    public void A_disk_whose_flush_does_nothing_is_found_out()
    {
        int lost = Enumerable.Range(1, Seeds).Count(seed =>
        {
            DroppingStorage storage = new() { Flushes = false };
            Open(storage).NoteOff("mains-01");
            return Open(storage.FailPower(new Random(seed))).CountOf("mains-01") == 0;
        });

        lost.Should().BePositive("else these tests could not see a lost flush");
    }

    [Fact]
    public void A_new_day_begins_at_none()
    {
        DroppingStorage storage = new();
        SwitchLedger ledger = Open(storage);
        ledger.NoteOff("mains-01");
        _time.Advance(TimeSpan.FromDays(1));

        ledger.CountOf("mains-01").Should().Be(0);
        ledger.DropOtherDays();
        storage.List().Should().BeEmpty("what another day counted is of no use any more");
    }

    private SwitchLedger Open(DroppingStorage storage) => new(storage, "test-rig", _time);
}
