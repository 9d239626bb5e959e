using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using ServiceExchange = DeviceHarness.Abstractions.Execution.ServiceExchange;

namespace DeviceHarness.Agent.Tests.Undo;

/// <summary>A baseline that the device told and that nothing can have changed since is not read again.</summary>
public sealed class KnownBaselineTests : IDisposable
{
    private static readonly string[] All = ["4.11.1", "6.2.9", "7.7"];

    private readonly ShiftedTime _time = new();
    private readonly BenchFolder _folder = new()
    {
        Rig = BenchFolder.Parse(BenchFolder.RigText.Replace(
            "devices:",
            "power: { feeds: { mains: { via: virtual, devices: [ esme-01 ] } }, "
            + "sense: [ { via: virtual, device: esme-01, terminal: mains } ] }\ndevices:",
            StringComparison.Ordinal)),
    };

    private ulong _counter = 1_000;

    private string Ledger => Directory.CreateDirectory(Path.Combine(_folder.Path, "undo")).FullName;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nothing", "7.7")]
    [InlineData("a reading", "7.7")]
    [InlineData("command by hand", "4.11.1 6.2.9 7.7")]
    [InlineData("supply", "4.11.1 6.2.9 7.7")]
    [InlineData("ten minutes", "4.11.1 6.2.9 7.7")]
    public async Task What_the_device_told_is_asked_again_only_when_it_may_have_changed(string between, string asked)
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = OpenBench();
        await SendAsync(bench, new ReadTariffPrimaryElement());
        await SendAsync(bench, new ReadDeviceConfigurationPaymentMode());

        await (between switch
        {
            "a reading" => SendAsync(bench, new ReadSupplyStatus()),
            "command by hand" => bench.ByHand.SendAsync(Requests.Of(new EnableSupply(), ++_counter), CancellationToken.None),
            "supply" => SwitchAsync(bench),
            _ => Task.CompletedTask,
        }).DefaultTimeout();
        _time.Shift = between == "ten minutes" ? KnownAnswers.Lasting : TimeSpan.Zero;
        ServiceExchange changed = await SendAsync(bench, UndoRoundTripTests.Tariff);

        changed.Outcome!.Kind.Should().Be(DeviceOutcomeKind.Done, changed.Outcome.Detail);
        changed.ReadBefore.Should().Equal(asked.Split(' '), "the model refuses 7.7, and a refusal is no answer to keep");
        UndoLedger.Open(new DiskJournalStorage(Ledger)).Entries.Select(entry => entry.Rule)
            .Should().Equal(["tariff", "baseline of the payment mode"], "what is known is registered like what is read");
    }

    [Fact]
    public async Task What_the_undo_of_one_case_read_back_is_the_baseline_of_the_next()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = OpenBench();
        ServiceExchange first = await SendAsync(bench, UndoRoundTripTests.Tariff);
        await bench.Undo!.SettleAsync(CancellationToken.None).DefaultTimeout();

        ServiceExchange second = await SendAsync(bench, UndoRoundTripTests.Tariff);

        first.ReadBefore.Should().Equal(All);
        second.ReadBefore.Should().Equal("7.7");
        bench.Undo.QuarantineOf("esme-01").Should().BeNull();
    }

    [Fact]
    public async Task While_something_is_owed_nothing_that_was_told_before_counts()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = OpenBench();
        await SendAsync(bench, UndoRoundTripTests.Tariff with { ExecutionDateTime = TimeProvider.System.GetUtcNow().AddDays(1) });
        await SendAsync(bench, new ReadPrepaymentConfiguration());

        ServiceExchange second = await SendAsync(bench, new UpdatePaymentMode(Prepayment: null));

        second.ReadBefore.Should().Contain("4.13", "the tariff may have come into force since, for all that the ledger knows");
    }

    [Fact]
    public async Task A_state_that_moves_by_itself_is_read_before_each_case()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = OpenBench();
        await SendAsync(bench, new ReadMeterBalance());
        await SendAsync(bench, new ReadDeviceConfigurationPaymentMode());
        await SendAsync(bench, new ReadSupplyStatus());

        ServiceExchange sent = await SendAsync(bench, new UpdateMeterBalance(BalanceMode.CreditMode, 500_000));

        sent.ReadBefore.Should().Equal(["4.18", "6.2.9"], "both make the balance; that the supply is on is known");
    }

    [Fact]
    public async Task An_undo_reads_what_two_states_share_once_and_after_an_inverse_anew()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = OpenBench();
        ElectricityPrices others = UndoRoundTripTests.Tariff.Prices with { StandingCharge = 77 };
        await SendAsync(bench, new UpdatePricePrimaryElement(others));
        int before = TariffReads(bench);

        await bench.Undo!.SettleAsync(CancellationToken.None).DefaultTimeout();

        (TariffReads(bench) - before).Should().Be(2, "once to look, once to read back: the baseline of the tariff is in that");
        UndoLedger.Open(new DiskJournalStorage(Ledger)).Entries.Should().BeEmpty();
    }

    /// <summary>How often 4.11.1 was carried out: its special days are read once in each.</summary>
    private static int TariffReads(RigBench bench) => bench.Wire.Since(0, out _)
        .Count(record => record.Direction == WireDirection.ToDevice
            && Convert.ToHexString(record.Octets.Span).Contains("000B00000B0000FF0200", StringComparison.Ordinal));

    private static async Task SwitchAsync(RigBench bench)
    {
        DeviceId device = bench.Devices[0].Id;
        await bench.Power!.SwitchAsync(device, isOn: false, CancellationToken.None);
        await bench.Power.SwitchAsync(device, isOn: true, CancellationToken.None);
    }

    private Task<ServiceExchange> SendAsync(RigBench bench, SrvRequestBody body) =>
        bench.Service.SendAsync(Requests.Of(body, ++_counter), CancellationToken.None).DefaultTimeout();

    private RigBench OpenBench() => new(
        _folder.Rig, [], _folder.Path, Path.Combine(RepositoryRoot.Path, "rigs", "profiles"), _time, NullLogger.Instance,
        undo: new DiskJournalStorage(Ledger));

    /// <summary>Real time, which may jump.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
    }
}
