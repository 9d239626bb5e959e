using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Undo;

/// <summary>The part of a device's baseline that no command restores: read before a command that may change it, compared when the case has
/// ended.</summary>
public sealed class BaselineTests : IDisposable
{
    /// <summary>A meter with an auxiliary load, and a profile that tells its calendar.</summary>
    private readonly BenchFolder _folder = new()
    {
        Rig = BenchFolder.Parse(BenchFolder.RigText
            .Replace("profile: generic-smets1-esme", "profile: aclara-like", StringComparison.Ordinal)
            .Replace("virtual/esme.yaml", "virtual/esme-aclara-like.yaml", StringComparison.Ordinal)),
    };

    private string Ledger => Directory.CreateDirectory(Path.Combine(_folder.Path, "undo")).FullName;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("auxiliary-disturbed")]
    public async Task A_tariff_that_takes_the_calendar_of_a_load_with_it_leaves_the_meter_off_its_baseline(string defect)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync(defect.Length == 0 ? [] : [defect]);
        await using (RigBench killed = _folder.OpenBench(new DiskJournalStorage(Ledger)))
        {
            ServiceExchange sent = await killed.Service
                .SendAsync(Requests.Of(UndoRoundTripTests.Tariff, 1000), CancellationToken.None).DefaultTimeout();
            sent.Outcome!.Kind.Should().Be(DeviceOutcomeKind.Done, sent.Outcome.Detail);
        }

        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(Ledger));
        await bench.Undo!.SettleAsync(CancellationToken.None).DefaultTimeout();

        if (defect.Length == 0)
        {
            bench.Undo.QuarantineOf("esme-01").Should().BeNull("the tariff is back and nothing else was changed");
        }
        else
        {
            bench.Undo.QuarantineOf("esme-01").Should().StartWith("baseline of the auxiliary loads is not as it was: ALCSScheduler is ")
                .And.Contain(" and not 1 on 00:30:00 ").And.Contain(", and no command restores that; by ");
        }
    }

    [Fact]
    public async Task All_that_the_model_tells_is_read_before_new_firmware_is_activated()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench(new DiskJournalStorage(Ledger));

        ServiceExchange sent = await bench.Service
            .SendAsync(Requests.Of(new ActivateFirmware(new byte[32]), 1000), CancellationToken.None).DefaultTimeout();
        UndoEntry[] kept = [.. UndoLedger.Open(new DiskJournalStorage(Ledger)).Entries];
        await bench.Undo!.SettleAsync(CancellationToken.None).DefaultTimeout();

        sent.ReadBefore.Should().Equal("7.4", "6.2.4", "6.2.7", "6.2.9", "4.13", "4.11.1", "4.15", "6.2.1", "6.2.2", "6.2.5", "7.7");
        kept.Should().HaveCount(11).And.OnlyContain(entry => entry.Srv == "11.3");
        kept.Single(entry => entry.Rule == "baseline of the meter point").Baseline.Should().Contain("\"Electricity.ImportMPAN\":\"99");
        UndoLedger.Open(new DiskJournalStorage(Ledger)).Entries.Should().BeEmpty("nothing moved");
    }
}
