using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Tests.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme.Writes;

/// <summary>Changes to prepayment on the wire.</summary>
public sealed class EsmePrepaymentWriteTests
{
    private const string Never = "090CFFFFFFFFFFFFFFFFFF8000FF";
    private const string TokenStatus = "0073 0000132800FF 06";
    private static readonly TopUpDevice TopUp = new("12345678901234567890");

    [Fact]
    public async Task SRV_1_5_adds_to_the_balance_by_the_octets_of_another_implementation()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(new UpdateMeterBalance(BalanceMode.PrepaymentMode, 0x3039));

        result.Outcome.Body.Should().Be(new BareRsp("UpdateMeterBalanceRsp") { MessageSuccess = true });
        bench.Meter.Requests.Select(Convert.ToHexString).Should().Contain(Convert.ToHexString(MeterFrames.Vector("credit-update-amount")));
    }

    [Fact]
    public async Task SRV_1_5_resets_the_balance_to_zero()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new UpdateMeterBalance(BalanceMode.CreditMode, null));

        bench.Changes.Should().Equal("ACTION 00700000130A00FF02 0500000000");
    }

    [Fact]
    public async Task SRV_1_6_brings_the_threshold_before_the_mode_and_the_mode_before_its_activation()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new UpdatePaymentMode(new PrepaymentModeSettings(false, false, -100)));

        bench.Changes.Should().Equal(
            $"SET 006F0001130000FF0D {Never}",
            "SET 00150000100001FF02 010105FFFFFF9C",
            "SET 006F0001130000FF02 020216021601",
            "ACTION 006F0001130000FF01 0F00");
    }

    [Fact]
    public async Task SRV_1_6_to_credit_at_a_later_date_sets_the_mode_and_its_time_only()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new UpdatePaymentMode(null, WriteRequests.Later));

        bench.Changes.Should().Equal(
            $"SET 006F0001130000FF0D {Never}",
            "SET 006F0001130000FF02 020216011601",
            "SET 006F0001130000FF0D 090C07EB03010100000000000000");
    }

    [Fact]
    public async Task SRV_1_6_wants_what_the_model_never_does_and_is_refused()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(new UpdatePaymentMode(new PrepaymentModeSettings(true, false, 0)));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Contain("SuspendDebtDisabled of the device model is always false, not true");
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task SRV_2_1_writes_each_setting_and_says_what_the_model_does_without()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(WriteRequests.Prepay());

        result.Outcome.Detail.Should().Be("DebtRecoveryRateCap is left out: the device model has nothing for it");
        bench.Changes.Should().Equal(
            "SET 00700000130A01FF09 0500001388",
            "SET 00700000130A01FF0A 05000003E8",
            "SET 006F0000130000FF10 05000007D0",
            "SET 000B00000B0002FF02 01010203120001090507EA0C19FF1101",
            "SET 000A00000C0001FF02 0101020A1200010301090600000A006AFF1200010904120000001" +
                "2FFFF04078204108000090507EA0102FF090507EB0102FF",
            "SET 00010000133201FF02 05000186A0",
            "SET 00010000133202FF02 050000C350");
    }

    [Fact]
    public async Task SRV_2_1_of_a_later_date_is_refused_since_the_model_takes_it_at_once_only()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(WriteRequests.Prepay(WriteRequests.Later));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Be("nothing was sent: the device model takes EmergencyCreditLimit at once only");
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task SRV_2_1_refuses_a_special_day_that_no_entry_has_room_for()
    {
        await using ReadBench bench = new();
        NonDisablementCalendar calendar = WriteRequests.Prepay().NonDisablement;
        NonDisablementSwitch turn = calendar.Switches[0] with { SpecialDays = [17] };

        SrvResult result = await bench.RunAsync(
            WriteRequests.Prepay() with { NonDisablement = calendar with { Switches = [turn] } });

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.Detail.Should().Contain("special day 17");
        bench.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task SRV_2_2_enters_the_token_by_the_octets_of_another_implementation_and_asks_what_became_of_it()
    {
        await using ReadBench bench = new ReadBench().With(TokenStatus, "0202 1603 0400");

        SrvResult result = await bench.RunAsync(TopUp);

        result.Outcome.Body.Should().Be(new BareRsp("TopUpDeviceRsp") { MessageSuccess = true });
        bench.Meter.Requests.Select(Convert.ToHexString).Skip(1).Should().Equal(
            Convert.ToHexString(MeterFrames.Vector("token-gateway-enter-20")), "C001C100730000132800FF0600");
    }

    [Theory]
    [InlineData(5, "it is not authentic")]
    [InlineData(6, "it is not valid for this device now")]
    [InlineData(8, "it is not carried out")]
    public async Task A_token_that_the_meter_took_and_did_not_execute_is_refused_with_its_status(int status, string meaning)
    {
        await using ReadBench bench = new ReadBench().With(TokenStatus, $"0202 16{status:X2} 0400");

        SrvResult result = await bench.RunAsync(TopUp);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.DeviceCode.Should().Be(status);
        result.Outcome.Body!.MessageSuccess.Should().BeFalse();
        result.Outcome.Detail.Should().Contain(meaning);
    }

    [Theory]
    [InlineData("0202 1606 0400", "it is not valid for this device now")]
    [InlineData("", "the token's status cannot be read, object-undefined")]
    public async Task A_token_that_the_meter_refuses_is_refused_with_its_code_and_what_its_status_says(string status, string meaning)
    {
        await using ReadBench bench = status.Length > 0 ? new ReadBench().With(TokenStatus, status) : new ReadBench();
        bench.Results.Enqueue(250);

        SrvResult result = await bench.RunAsync(TopUp);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Refused);
        result.Outcome.DeviceCode.Should().Be(250);
        result.Outcome.Detail.Should().Contain(meaning);
    }

    [Fact]
    public async Task A_lost_answer_to_a_token_never_sends_it_twice()
    {
        await using ReadBench bench = new() { SilentChange = 0 };

        SrvResult result = await bench.RunAsync(TopUp);

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.NoAnswer);
        result.Outcome.Detail.Should().Contain("whether UTRN was taken is not known");
        bench.Changes.Should().HaveCount(1);
    }

    [Fact]
    public async Task SRV_2_3_changes_how_debts_are_collected_before_it_adds_to_them()
    {
        await using ReadBench bench = new();

        _ = await bench.RunAsync(new UpdateDebt(
            1, -2, 3, 2500, new DebtRecovery(100, -5, DebtRecoveryPeriod.Hourly), new DebtRecovery(200, -4, DebtRecoveryPeriod.Daily)));

        bench.Changes.Should().Equal(
            "SET 00710000131401FF06 020302020F000FFB020312000809060000010000FF0F0201010202090101100064",
            "SET 00710000131401FF08 0600000E10",
            "SET 00710000131402FF06 020302020F000FFC020312000809060000010000FF0F02010102020901011000C8",
            "SET 00710000131402FF08 0600015180",
            "SET 00710000131403FF0D 1209C4",
            "ACTION 00710000131401FF04 0500000001",
            "ACTION 00710000131402FF04 05FFFFFFFE",
            "ACTION 00710000131403FF04 0500000003");
    }

    [Fact]
    public async Task SRV_2_5_invokes_the_emergency_credit()
    {
        await using ReadBench bench = new();

        SrvResult result = await bench.RunAsync(new ActivateEmergencyCredit());

        result.Outcome.Body.Should().Be(new BareRsp("ActivateEmergencyCreditRsp") { MessageSuccess = true });
        bench.Changes.Should().Equal("ACTION 00700000130A01FF03 0F00");
    }

    [Fact]
    public async Task SRV_4_13_reads_what_SRV_2_1_and_2_3_wrote()
    {
        await using ReadBench bench = new ReadBench()
            .With("0071 0000131403FF 0D", "1209C4")
            .With("0015 0000100001FF 02", "0101 05FFFFFF9C")
            .With("0070 0000130A01FF 09", "0500001388").With("0070 0000130A01FF 0A", "05000003E8")
            .With("006F 0000130000FF 10", "05000007D0").With("006F 0000130000FF 02", "0202 1602 1602")
            .With("0001 0000133201FF 02", "05000186A0").With("0001 0000133202FF 02", "050000C350")
            .With("000B 00000B0002FF 02", "0101 0203 120001 090507EA0C19FF 1101")
            .With(
                "000A 00000C0001FF 02",
                "0101 020A 120001 0301 090600000A006AFF 120001 090412000000 12FFFF 040782 04108000 090507EA0102FF 090507EB0102FF")
            .With("0071 0000131401FF 05", "0203 02020F000FFB 0203120008 09060000010000FF 0F02 0101 0202 090101 100064")
            .With("0071 0000131401FF 08", "0600000E10")
            .With("0071 0000131402FF 05", "0203 02020F000FFC 0203120008 09060000010000FF 0F02 0101 0202 090101 1000C8")
            .With("0071 0000131402FF 08", "0600015180");

        SrvResult result = await bench.RunAsync(new ReadPrepaymentConfiguration());

        result.Outcome.Body.Should().Be(new ReadPrepaymentConfigurationRsp
        {
            MessageSuccess = true,
            DebtRecoveryPerPayment = 2500,
            DisablementThreshold = -100,
            EmergencyCreditLimit = 5000,
            EmergencyCreditThreshold = 1000,
            LowCreditThreshold = 2000,
            CreditMaxCreditThreshold = 50_000,
            MaxCreditMaxMeterBalance = 100_000,
            PaymentMode = PaymentMode.Prepayment,
            NonDisablement = WriteRequests.Prepay().NonDisablement,
            DebtRecovery1 = new DebtRecovery(100, -5, DebtRecoveryPeriod.Hourly),
            DebtRecovery2 = new DebtRecovery(200, -4, DebtRecoveryPeriod.Daily),
        });
    }
}
