using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Undo;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Undo;

public sealed class UndoRulesTests
{
    private static readonly ReadTariffPrimaryElementRsp TariffBefore = new()
    {
        CurrencyUnitsLabel = "GBP",
        StandingCharge = 20,
        StandingChargeScale = -2,
        PriceScale = -5,
        Prices = [new TariffPrice(2, 3, 11_000), new TariffPrice(1, null, 12_000)],
        Days = [new TariffDay(1, [new TariffSwitch(new TimeOnly(0, 30), 2, HasBlocks: true)])],
        Weeks = [new TariffWeek(1, [1, 1, 1, 1, 1, 1, 1])],
        Seasons = [new TariffSeason("YEAR", new CalendarDate(null, 1, 1, null), 1)],
        SpecialDays = [new TariffSpecialDay(new CalendarDate(null, 12, 25, null), 1)],
        Thresholds = [new TariffThresholds(1, [])],
    };

    private static readonly ElectricityTariff OtherTariff = new(
        "ECB", [], [], [], [], [.. Enumerable.Range(1, 8).Select(register => new TariffThresholds(register, [register]))]);

    private static readonly ElectricityPrices OtherPrices = new(0, 0, 0, TariffKind.TimeOfUse, []);

    [Fact]
    public void Every_critical_variant_has_an_inverse_or_a_reason_or_reaches_no_device()
    {
        foreach (SrvEntry entry in SrvCatalogue.Entries.Where(entry => entry.Criticality == SrvCriticality.Critical))
        {
            foreach (string type in entry.DeviceTypes.Where(type => type is "ESME" or "GSME"))
            {
                bool hasInverse = UndoRules.Find(type, entry.Srv) is not null;
                string? reason = UndoRules.WhyWithoutInverse(type, entry.Srv);

                int answers = (hasInverse ? 1 : 0) + (reason is null ? 0 : 1) + (entry.NotOnDevice.Length == 0 ? 0 : 1);

                answers.Should().Be(1, "{0} of a {1} needs exactly one of a rule, a reason and who else answers it", entry.Srv, type);
            }
        }
    }

    [Fact]
    public void What_has_no_inverse_is_of_the_catalogue()
    {
        SrvCatalogue.Entries.Select(entry => entry.Srv).Where(srv => UndoRules.WhyWithoutInverse("ESME", srv) is not null)
            .Should().Contain(["2.2", "3.3", "7.8", "11.3"]).And.HaveCount(28, "a reason for what no catalogue has is a slip of the pen");
    }

    [Theory]
    [InlineData("7.1", "supply")]
    [InlineData("1.6", "payment mode")]
    [InlineData("1.1.1", "tariff")]
    [InlineData("7.6", "auxiliary load")]
    [InlineData("7.4", null)]
    [InlineData("11.3", null)]
    public void A_command_is_undone_by_the_rule_of_the_state_that_it_changes(string srv, string? title)
    {
        UndoRules.Find("ESME", srv)?.Title.Should().Be(title);
        UndoRules.Find("PPMID", srv).Should().BeNull("the rules are for meters");
    }

    [Theory]
    [InlineData("1.6", "payment mode")]
    [InlineData("1.1.1", "gas tariff")]
    [InlineData("1.5", "balance")]
    [InlineData("7.2", null)]
    [InlineData("7.3", null)]
    public void A_gas_meter_has_rules_of_its_own_and_no_request_opens_its_valve(string srv, string? title)
    {
        UndoRules.Find("GSME", srv)?.Title.Should().Be(title);
        (UndoRules.WhyWithoutInverse("GSME", srv) is null).Should().Be(title is not null);
        UndoRules.WhyWithoutInverse("ESME", srv).Should().BeNull();
    }

    [Fact]
    public void What_a_gas_meter_told_is_written_back_as_it_was_read()
    {
        foreach (SrvRequestBody command in GasBodies.Requests())
        {
            UndoRule rule = UndoRules.For("GSME", command)!;
            UndoReadings before = new([.. GasBodies.Told]);

            string state = rule.StateBefore(before, command)!;

            rule.StateOf(before, state).Should().Be(state);
            rule.LeftOut(before, command).Should().BeEmpty();
            SrvRequestBody inverse = rule.Restore(state, before).Should().ContainSingle().Subject;
            inverse.Should().Be(GasBodies.Inverses[command.ServiceReferenceVariant]);
            UndoRules.For("ESME", command).Should().BeNull();
        }
    }

    [Fact]
    public void A_gas_meter_without_hours_is_given_none_and_one_without_billing_periods_nothing()
    {
        UndoRule settings = UndoRules.Named("gas prepayment settings")!;
        UndoReadings none = Read(new ReadPrepaymentConfigurationRsp
        {
            DebtRecoveryRateCap = 1,
            EmergencyCreditLimit = 2,
            EmergencyCreditThreshold = 3,
            LowCreditThreshold = 4,
            CreditMaxCreditThreshold = 5,
            MaxCreditMaxMeterBalance = 6,
            Gas = new GasPrepaymentReading(),
        });
        SrvRequestBody command = GasBodies.Requests().First(body => body is UpdateGasPrepayConfiguration);

        settings.Restore(settings.StateBefore(none, command)!, none).Should().ContainSingle()
            .Which.As<UpdateGasPrepayConfiguration>().NonDisablement.Days.Should().ContainSingle()
            .Which.Actions.Should().OnlyContain(action => !action.IsStart);
        UndoRules.Named("gas billing calendar")!.StateBefore(Read(new ReadDeviceConfigurationDataBillingCalendarRsp()), command)
            .Should().BeNull();
    }

    [Fact]
    public void Each_auxiliary_load_is_put_back_by_itself_whatever_it_looks_like()
    {
        UndoRule rule = UndoRules.For("ESME", new DeactivateAuxiliaryLoad(2, 30))!;
        UndoReadings readings = Read(new ReadALCSDataRsp
        {
            Switches = [new AuxiliaryLoadControlSwitch(1, State: false), new AuxiliaryLoadControlSwitch(2, State: true)],
        });

        rule.StateBefore(readings, new DeactivateAuxiliaryLoad(2, 30)).Should().Be("on");
        rule.Restore("on", readings).Should().Equal(new ResetAuxiliaryLoad(2));
        rule.IsAlwaysRun.Should().BeTrue("an override that changes nothing now lasts all the same");
        UndoRules.For("ESME", new ActivateAuxiliaryLoad(1, 30)).Should().NotBe(rule);
    }

    [Theory]
    [InlineData(3, true, true)]
    [InlineData(12, false, true)]
    [InlineData(12, true, false)]
    public void A_load_that_its_calendar_switched_meanwhile_is_as_it_was(int hour, bool isOn, bool isAsItWas)
    {
        ActivateAuxiliaryLoad command = new(1, 30);
        UndoRule rule = UndoRules.For("ESME", command)!;
        string before = rule.StateBefore(Loads(isOn: false, 21), command)!;

        string? now = rule.StateOf(Loads(isOn, hour), before);

        before.Should().StartWith("as its calendar has it: 1 on 00:30:00");
        (now == before).Should().Be(isAsItWas, now);
    }

    [Fact]
    public void A_load_whose_calendar_is_another_is_not_as_it_was()
    {
        ActivateAuxiliaryLoad command = new(1, 30);
        UndoRule rule = UndoRules.For("ESME", command)!;
        string before = rule.StateBefore(Loads(isOn: false, 21), command)!;

        string? now = rule.StateOf(
            Read(new ReadALCSDataRsp { Switches = [new(1, State: false)], Calendar = new AuxiliaryLoadCalendar([], []) }), before);

        now.Should().Be("off against its calendar: never switched");
        rule.StateOf(Read(new ReadALCSDataRsp { Switches = [new(1, State: false)] }), before).Should().BeNull("it does not tell any more");
    }

    [Fact]
    public void A_load_that_was_held_against_its_calendar_is_to_be_held_so_again()
    {
        ActivateAuxiliaryLoad command = new(1, 30);
        UndoRule rule = UndoRules.For("ESME", command)!;

        rule.StateBefore(Loads(isOn: true, 21), command).Should().Be("on");
        rule.StateOf(Loads(isOn: true, 3), "on").Should().Be("on");
    }

    [Fact]
    public void What_may_cost_the_supply_beside_its_purpose_has_it_looked_at_last()
    {
        SrvRequestBody[] commands = [new UpdatePaymentMode(Prepayment: null), new DisableSupply(), new ActivateAuxiliaryLoad(1, 30)];

        commands.Select(command => UndoRules.Beside("ESME", command).SingleOrDefault(rule => rule.IsRestored)?.Name)
            .Should().Equal(["supply", null, null]);
        UndoRules.Beside("GSME", commands[0]).Where(rule => rule.IsRestored).Should().BeEmpty("nothing opens a valve");
        UndoRules.ReadsBefore(commands[0]).Select(read => read.ServiceReferenceVariant).Should().Equal("6.2.9", "4.13", "7.4");
        UndoRules.All.Where(rule => rule.IsRestored).MaxBy(rule => rule.Turn).Should().Be(Supply);
    }

    [Theory]
    [InlineData("Enabled", typeof(EnableSupply))]
    [InlineData("Disabled", typeof(DisableSupply))]
    [InlineData("Armed", typeof(ArmSupply))]
    public void Each_state_of_the_supply_has_its_command(string state, Type command)
    {
        Supply.Restore(state, UndoReadings.None).Should().ContainSingle().Which.Should().BeOfType(command);
        Supply.Restore("Elsewhere", UndoReadings.None).Should().BeEmpty();
    }

    [Fact]
    public void The_rig_file_states_another_baseline_of_the_supply()
    {
        Supply.StatedIn(new Dictionary<string, string> { ["baseline-supply"] = "Disabled" }).Should().Be("Disabled");
        Supply.StatedIn(new Dictionary<string, string>()).Should().Be("Enabled");
    }

    [Fact]
    public void A_tariff_is_written_back_as_it_was_read()
    {
        UndoReadings before = Read(TariffBefore);
        UndoRule rule = UndoRules.Named("tariff")!;

        string state = rule.StateBefore(before, new UpdateImportTariffPrimaryElement(OtherTariff, OtherPrices))!;

        UpdateImportTariffPrimaryElement inverse = rule.Restore(state, UndoReadings.None)
            .Should().ContainSingle().Which.Should().BeOfType<UpdateImportTariffPrimaryElement>().Subject;
        inverse.Tariff.Days.Should().Equal(TariffBefore.Days);
        inverse.Tariff.SpecialDays.Should().Equal(TariffBefore.SpecialDays);
        inverse.Tariff.Thresholds.Should().HaveCount(8).And.HaveElementAt(0, new TariffThresholds(1, []))
            .And.HaveElementAt(7, new TariffThresholds(8, [8]), "nobody told it, and the command sets it");
        inverse.Prices.Should().Be(new ElectricityPrices(20, -2, -5, TariffKind.Hybrid, TariffBefore.Prices));
        rule.StateOf(before, state).Should().Be(state);
    }

    [Fact]
    public void What_is_not_as_it_was_is_named()
    {
        UndoRule rule = UndoRules.Named("prices")!;
        string state = rule.StateBefore(Read(TariffBefore), new UpdatePricePrimaryElement(OtherPrices))!;
        string now = rule.StateOf(Read(TariffBefore with { StandingCharge = 21 }), state)!;

        rule.Difference(now, state).Should().Be("is not as it was: Prices.StandingCharge is 21 and not 20");
        rule.Told(state).Should().Be("what 4.11.1 told");
    }

    [Fact]
    public void What_the_device_holds_for_later_is_withdrawn()
    {
        UndoRule rule = UndoRules.Named("tariff")!;
        string state = rule.StateBefore(Read(TariffBefore), new UpdateImportTariffPrimaryElement(OtherTariff, OtherPrices))!;

        rule.Withdrawal(state).Should().BeOfType<UpdateImportTariffPrimaryElement>()
            .Which.ExecutionDateTime.Should().Be(IDeviceDated.Withdrawal);
        Supply.Withdrawal("Enabled").Should().BeNull();
    }

    [Fact]
    public void A_payment_mode_that_no_reading_tells_is_the_stated_one()
    {
        UndoRule rule = UndoRules.Named("payment mode")!;
        string stated = rule.StatedIn(new Dictionary<string, string> { ["baseline-payment-mode"] = "Credit" })!;

        rule.StateBefore(UndoReadings.None, new UpdatePaymentMode(Prepayment: null)).Should().BeNull();
        rule.Restore(stated, UndoReadings.None).Should().Equal(new UpdatePaymentMode(Prepayment: null));
        rule.StatedIn(new Dictionary<string, string>()).Should().BeNull();
    }

    [Fact]
    public void Prepayment_goes_back_to_its_settings()
    {
        UndoRule rule = UndoRules.Named("payment mode")!;
        UndoReadings before = Read(
            new ReadDeviceConfigurationPaymentModeRsp { PaymentMode = PaymentMode.Prepayment, SuspendDebtDisabled = true },
            new ReadPrepaymentConfigurationRsp { DisablementThreshold = -500 });

        string state = rule.StateBefore(before, new UpdatePaymentMode(Prepayment: null))!;

        rule.Restore(state, UndoReadings.None).Should().Equal(new UpdatePaymentMode(new PrepaymentModeSettings(true, false, -500)));
    }

    [Fact]
    public void Debts_go_back_by_what_they_changed_since()
    {
        UndoRule rule = UndoRules.Named("debts")!;
        DebtRecovery none = new(0, 0, Period: null);
        ReadPrepaymentConfigurationRsp how = new() { DebtRecoveryPerPayment = 5, DebtRecovery1 = none, DebtRecovery2 = none };
        UndoReadings before = Read(Debts(1_000, 0, 7), how);
        string state = rule.StateBefore(before, new UpdateDebt(1, 2, 3, 4, none, none))!;

        rule.Restore(state, Read(Debts(900, 50, 7), how)).Should().Equal(new UpdateDebt(100, -50, 0, 5, none, none));
        rule.Restore(state, UndoReadings.None).Should().BeEmpty("what is added depends on what is there");
    }

    [Fact]
    public void A_ledger_that_nobody_understands_restores_nothing()
    {
        UndoRules.Named("payment mode")!.Restore("Credit", UndoReadings.None).Should().BeEmpty("an older version wrote a word");
    }

    [Fact]
    public void A_load_limit_is_kept_whole()
    {
        UndoRule rule = UndoRules.Named("load limit")!;
        UndoReadings before = Read(new ReadLoadLimitDataRsp
        {
            LoadLimitPeriod = 30,
            LoadLimitPowerThreshold = 5_000,
            LoadLimitRestorationPeriod = 60,
            LoadLimitSupplyState = LoadLimitSupplyState.Disable,
        });
        UpdateDeviceConfigurationLoadLimitingGeneralSettings command = new(1, 2, 3, LoadLimitSupplyState.Unchanged);

        string state = rule.StateBefore(before, command)!;

        rule.Restore(state, UndoReadings.None).Should().Equal(
            new UpdateDeviceConfigurationLoadLimitingGeneralSettings(30, 5_000, 60, LoadLimitSupplyState.Disable));
    }

    [Fact]
    public void A_value_that_no_reading_tells_is_named_since_nobody_puts_it_back()
    {
        UpdateDeviceConfigurationLoadLimitingGeneralSettings limit = new(1, 2, 3, LoadLimitSupplyState.Unchanged);
        UndoReadings told = Read(new ReadLoadLimitDataRsp { LoadLimitPeriod = 30, LoadLimitPowerThreshold = 5_000 });
        UpdateImportTariffPrimaryElement tariff = new(OtherTariff, OtherPrices);
        UpdatePaymentMode prepayment = new(new PrepaymentModeSettings(true, true, 5));
        UndoReadings credit = Read(new ReadDeviceConfigurationPaymentModeRsp { PaymentMode = PaymentMode.Credit });

        UndoRules.Named("load limit")!.LeftOut(told, limit).Should().Equal("LoadLimitRestorationPeriod", "LoadLimitSupplyState");
        UndoRules.Named("tariff")!.LeftOut(Read(TariffBefore), tariff).Should().HaveCount(7).And.Contain("Thresholds[8]");
        UndoRules.Named("prices")!.LeftOut(Read(TariffBefore), new UpdatePricePrimaryElement(OtherPrices)).Should().BeEmpty();
        UndoRules.Named("payment mode")!.LeftOut(credit, prepayment)
            .Should().Equal("DisablementThreshold", "SuspendDebtDisabled", "SuspendDebtEmergency");
        UndoRules.Named("payment mode")!.LeftOut(credit, new UpdatePaymentMode(Prepayment: null)).Should().BeEmpty();
        Supply.LeftOut(told, new DisableSupply()).Should().BeEmpty();
    }

    [Fact]
    public void A_balance_goes_back_by_what_it_differs_and_what_a_bench_uses_is_no_difference()
    {
        UndoRule rule = UndoRules.For("ESME", new UpdateMeterBalance(BalanceMode.CreditMode, 500_000))!;
        ReadDeviceConfigurationPaymentModeRsp credit = new() { PaymentMode = PaymentMode.Credit };
        string before = rule.StateBefore(Balance(3_000), new UpdateMeterBalance(BalanceMode.CreditMode, null))!;

        rule.StateOf(Balance(-97_000), before).Should().Be(before, "a pound was used");
        rule.StateOf(Balance(-97_001), before).Should().Be("-97001");
        rule.StateOf(Read(credit), before).Should().BeNull();
        rule.Restore(before, Balance(503_000)).Should().Equal(new UpdateMeterBalance(BalanceMode.PrepaymentMode, -500_000));
        rule.Restore(before, Read(new ReadMeterBalanceRsp { MeterBalance = 0 }, credit))
            .Should().Equal(new UpdateMeterBalance(BalanceMode.CreditMode, 3_000));
        UndoRules.Beside("ESME", new TopUpDevice("12345678901234567890")).Should().Equal(rule);
    }

    [Fact]
    public void What_nothing_restores_is_compared_value_by_value_but_for_what_moves_by_itself()
    {
        UndoRule rule = UndoRules.Named("baseline of the load limit")!;
        ReadLoadLimitDataRsp before = new() { LoadLimitPeriod = 30, LoadLimitPowerThreshold = 5_000, LoadLimitCounterValue = 1 };
        string baseline = rule.StateBefore(Read(before), new UpdateDeviceConfigurationLoadLimitingCounterReset())!;

        string? moved = rule.StateOf(Read(before with { LoadLimitCounterValue = 7, LoadLimitRestorationPeriod = 60 }), baseline);
        string changed = rule.StateOf(Read(before with { LoadLimitPeriod = 31 }), baseline)!;

        moved.Should().Be(baseline, "a counter counts, and what was not told before is none to go back to");
        rule.Difference(changed, baseline).Should().Be("is not as it was: LoadLimitPeriod is 31 and not 30");
        rule.StateOf(UndoReadings.None, baseline).Should().BeNull();
        rule.Restore(baseline, UndoReadings.None).Should().BeEmpty();
        (rule.IsRestored, rule.Variants.Count).Should().Be((false, 0));
    }

    [Fact]
    public void New_firmware_has_all_of_the_baseline_read_and_commands_of_the_supply_and_the_clock_none_of_it()
    {
        UndoRule[] watched = [.. UndoRules.All.Where(rule => !rule.IsRestored && rule.DeviceTypes.Contains("ESME"))];

        UndoRules.Beside("ESME", new ActivateFirmware(new byte[32])).Should().Equal([Supply, .. watched]);
        watched.SelectMany(rule => rule.Reads).Select(read => read.ServiceReferenceVariant).Should()
            .Equal("6.2.4", "6.2.7", "6.2.9", "4.13", "4.11.1", "4.15", "6.2.1", "6.2.2", "6.2.5", "7.7");
        foreach (SrvRequestBody quick in (SrvRequestBody[])[new EnableSupply(), new DisableSupply(), new SynchroniseClock(default, 10)])
        {
            UndoRules.Beside("ESME", quick).Should().BeEmpty("a smoke run is not slowed by it");
        }
    }

    [Fact]
    public void The_reads_change_nothing()
    {
        UndoRules.All.SelectMany(rule => rule.Reads).Select(read => read.ServiceReferenceVariant).Distinct()
            .Should().OnlyContain(srv => SrvCatalogue.Entries.Single(entry => entry.Srv == srv).Criticality == SrvCriticality.NonCritical);
        UndoRules.All.Select(rule => rule.Name).Should().OnlyHaveUniqueItems("the ledger names rules");
    }

    private static UndoReadings Loads(bool isOn, int hour)
    {
        CalendarDate any = new(null, null, null, null);
        ValueList<DayOfWeek> everyDay = [.. Enum.GetValues<DayOfWeek>()];
        ReadALCSDataRsp read = new()
        {
            Switches = [new AuxiliaryLoadControlSwitch(1, State: isOn)],
            Calendar = new AuxiliaryLoadCalendar(
                [],
                [
                    new AuxiliaryLoadSwitchTime(1, true, [], everyDay, new TimeOnly(0, 30), any, any),
                    new AuxiliaryLoadSwitchTime(1, false, [], everyDay, new TimeOnly(4, 30), any, any),
                ]),
        };
        return new UndoReadings([read], new DateTimeOffset(2026, 11, 23, hour, 0, 0, TimeSpan.Zero));
    }

    private static UndoRule Supply => UndoRules.Named("supply")!;

    private static UndoReadings Balance(long balance) => Read(new ReadMeterBalanceRsp { MeterBalance = balance });

    private static UndoReadings Read(params SrvResponseBody[] answers) => new(answers);

    private static ReadInstantaneousPrepayValuesRsp Debts(long first, long second, long payment) =>
        new() { TimeDebtRegister1 = first, TimeDebtRegister2 = second, PaymentDebtRegister = payment };
}
