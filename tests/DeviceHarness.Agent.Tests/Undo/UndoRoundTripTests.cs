using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.Writes;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Undo;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Undo;

/// <summary>Each inverse before a meter that nobody told what was asked: the state is read, changed, restored and read again.</summary>
public sealed class UndoRoundTripTests
{
    private static readonly ElectricityPrices Prices = new(
        0, -5, -5, TariffKind.TimeOfUse, [new TariffPrice(3, null, 10_000), new TariffPrice(4, null, 20_000)]);

    /// <summary>A tariff whose registers 3 and 4 count.</summary>
    internal static readonly UpdateImportTariffPrimaryElement Tariff = new(
        new ElectricityTariff(
            "GBP",
            [new TariffDay(1, [new TariffSwitch(TimeOnly.MinValue, 3), new TariffSwitch(new TimeOnly(18, 0), 4)])],
            [new TariffWeek(1, [1, 1, 1, 1, 1, 1, 1])],
            [new TariffSeason("YEAR", new CalendarDate(null, 1, 1, null), 1)],
            [new TariffSpecialDay(new CalendarDate(null, 12, 25, null), 1)],
            [.. Enumerable.Range(1, 8).Select(register => new TariffThresholds(register, [100_000, 200_000, 300_000]))]),
        Prices);

    private static readonly NonDisablementCalendar Calendar = new(
        [new NonDisablementSpecialDay(1, new CalendarDate(2027, 12, 25, null))],
        [
            new NonDisablementSwitch(
                IsStart: true, [1], [DayOfWeek.Monday], new TimeOnly(16, 0), new CalendarDate(null, 1, 1, null),
                new CalendarDate(null, 12, 31, null)),
        ]);

    internal static readonly VoltageSettings Voltage = new()
    {
        RmsExtremeOverVoltageMeasurementPeriod = 11,
        RmsExtremeOverVoltageThreshold = 2_651,
        RmsExtremeUnderVoltageMeasurementPeriod = 12,
        RmsExtremeUnderVoltageThreshold = 1_801,
        RmsVoltageSagMeasurementPeriod = 13,
        RmsVoltageSagThreshold = 2_001,
        RmsVoltageSwellMeasurementPeriod = 14,
        RmsVoltageSwellThreshold = 2_601,
        AverageRmsOverVoltageThreshold = 2_531,
        AverageRmsUnderVoltageThreshold = 2_161,
        AverageRmsVoltageMeasurementPeriod = 900,
    };

    public static TheoryData<string, SrvRequestBody> Commands => new()
    {
        { "tariff", Tariff },
        { "balance", new UpdateMeterBalance(BalanceMode.CreditMode, 500_000) },
        { "prices", new UpdatePricePrimaryElement(Prices) },
        { "payment mode", new UpdatePaymentMode(new PrepaymentModeSettings(false, false, -1_000)) },
        { "prepayment settings", new UpdatePrepayConfiguration(0, 1_000, 200, 300, Calendar, 400_000, 50_000) },
        { "debts", new UpdateDebt(5_000, 600, 70, 1_234, Recovery(11), Recovery(22)) },
        { "load limit", new UpdateDeviceConfigurationLoadLimitingGeneralSettings(45, 9_000, 700, LoadLimitSupplyState.Disable) },
        {
            "billing calendar",
            new UpdateDeviceConfigurationBillingCalendar(new(new TimeOnly(13, 30), BillingPeriodicity.Quarterly, 3, 11))
        },
        { "voltage bounds", new UpdateDeviceConfigurationVoltage(Voltage, AreCountersReset: false) },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task What_a_command_changed_is_as_it_was(string name, SrvRequestBody command)
    {
        await using WriteBench bench = await WriteBench.StartAsync();

        (string before, string changed, string after) = await ChangeAndRestoreAsync(bench, name, command);

        changed.Should().NotBe(before, "else nothing had to be put back");
        after.Should().Be(before);
    }

    [Fact]
    public async Task A_tariff_goes_back_to_the_one_that_a_first_command_brought()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        await bench.DoAsync(Tariff);
        ElectricityTariff other = Tariff.Tariff with { Days = [new TariffDay(1, [new TariffSwitch(TimeOnly.MinValue, 5)])] };

        (string before, string changed, string after) = await ChangeAndRestoreAsync(bench, "tariff", Tariff with { Tariff = other });

        changed.Should().NotBe(before);
        after.Should().Be(before);
        bench.Meter.ActiveRate.Should().Be(3, "the register that counts is the proof");
    }

    [Fact]
    public async Task Prepayment_comes_back_with_its_threshold()
    {
        await using WriteBench bench = await WriteBench.StartAsync(WriteBench.Prepayment(90_000_000));
        await bench.DoAsync(new UpdatePaymentMode(new PrepaymentModeSettings(false, false, -2_000)));

        (string before, string changed, string after) =
            await ChangeAndRestoreAsync(bench, "payment mode", new UpdatePaymentMode(Prepayment: null));

        changed.Should().NotBe(before);
        after.Should().Be(before).And.Contain("-2000");
    }

    [Fact]
    public async Task A_tariff_that_was_to_come_later_does_not_come()
    {
        await using WriteBench bench = await WriteBench.StartAsync();
        UndoRule rule = UndoRules.Named("tariff")!;
        string before = rule.StateBefore(await ReadAsync(bench, rule), Tariff)!;
        await bench.DoAsync(Tariff with { ExecutionDateTime = bench.Now.AddHours(1) });

        await bench.DoAsync(rule.Withdrawal(before)!);
        await bench.PassAsync(TimeSpan.FromHours(2));

        bench.Meter.ActiveRate.Should().Be(1, "register 3 was to count from then on");
        rule.StateOf(await ReadAsync(bench, rule), before).Should().Be(before);
    }

    private static DebtRecovery Recovery(long rate) => new(rate, -5, DebtRecoveryPeriod.Daily);

    private static async Task<(string Before, string Changed, string After)> ChangeAndRestoreAsync(
        WriteBench bench, string name, SrvRequestBody command)
    {
        UndoRule rule = UndoRules.Named(name)!;
        string before = rule.StateBefore(await ReadAsync(bench, rule), command) ?? throw new InvalidOperationException($"no {name}");
        await bench.DoAsync(command);
        UndoReadings now = await ReadAsync(bench, rule);
        IReadOnlyList<SrvRequestBody> inverses = rule.Restore(before, now);
        inverses.Should().NotBeEmpty();
        foreach (SrvRequestBody inverse in inverses)
        {
            await bench.DoAsync(inverse);
        }

        return (before, rule.StateOf(now, before)!, rule.StateOf(await ReadAsync(bench, rule), before)!);
    }

    private static async Task<UndoReadings> ReadAsync(WriteBench bench, UndoRule rule)
    {
        List<SrvResponseBody> answers = [];
        foreach (SrvRequestBody read in rule.Reads)
        {
            SrvResult result = await bench.RunAsync(read);
            if (result.Outcome.Body is { MessageSuccess: true } body)
            {
                answers.Add(body);
            }
        }

        return new UndoReadings(answers);
    }
}
