using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of changes to prepayment: 1.5, 1.6, 2.1, 2.2, 2.3, 2.5, and the read 4.13.</summary>
internal static class PrepaymentUpdateFormats
{
    private const string Electricity = "UpdatePrepayConfigElectricity";
    private const string ElectricityDebt = "ElecDebtRecovery";

    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.WithBareResponse<UpdateMeterBalance>("1.5", "UpdateMeterBalanceRsp", ReadBalance, WriteBalance),
        BodyFormat.WithBareResponse<UpdatePaymentMode>("1.6", "UpdatePaymentModeRsp", ReadMode, WriteMode),
        BodyFormat.WithBareResponse<UpdateGasPrepayConfiguration, UpdatePrepayConfiguration>(
            "2.1",
            "UpdatePrepayConfigurationRsp",
            element => element.Has(GasPrepaymentFormat.Settings)
                ? GasPrepaymentFormat.ReadConfiguration(element)
                : ReadConfiguration(element),
            GasPrepaymentFormat.WriteConfiguration,
            WriteConfiguration),
        BodyFormat.WithBareResponse<TopUpDevice>(
            "2.2", "TopUpDeviceRsp", ReadTopUp, body => [new XElement(DuisNames.Sr + "UTRN", body.Utrn)]),
        BodyFormat.WithBareResponse<UpdateGasDebt, UpdateDebt>(
            "2.3",
            "UpdateDebtRsp",
            element => element.Has($"{GasPrepaymentFormat.Debt}1") ? GasPrepaymentFormat.ReadDebt(element) : ReadDebt(element),
            GasPrepaymentFormat.WriteDebt,
            WriteDebt),
        BodyFormat.WithBareResponse<ActivateEmergencyCredit>(
            "2.5", "ActivateEmergencyCreditRsp", _ => new ActivateEmergencyCredit(), _ => []),
        BodyFormat.Of<ReadPrepaymentConfiguration, ReadPrepaymentConfigurationRsp>(
            "4.13",
            element => new ReadPrepaymentConfiguration(BodyFormats.ExecutionDateTime(element)),
            BodyFormats.ExecutionDateTime,
            PrepaymentConfigurationFormat.Read,
            PrepaymentConfigurationFormat.Write),
    ];

    private static UpdateMeterBalance ReadBalance(ElementReader element)
    {
        bool isPrepayment = element.TryTake(DuisNames.Sr, nameof(BalanceMode.PrepaymentMode), out ElementReader? found);
        (BalanceMode mode, ElementReader change) = found is not null && isPrepayment
            ? (BalanceMode.PrepaymentMode, found)
            : (BalanceMode.CreditMode, element.Take(DuisNames.Sr, nameof(BalanceMode.CreditMode)));
        int? adjustment = null;
        if (change.Only().TryTake(DuisNames.Sr, "AdjustMeterBalance", out ElementReader? amount))
        {
            adjustment = (int)amount.Only().Integer(int.MinValue, int.MaxValue);
        }
        else
        {
            change.Take(DuisNames.Sr, "ResetMeterBalance").Only().End();
        }

        change.End();
        return new UpdateMeterBalance(mode, adjustment);
    }

    private static IEnumerable<XElement> WriteBalance(UpdateMeterBalance body) =>
    [
        new XElement(
            DuisNames.Sr + body.Mode.ToString(),
            body.Adjustment is { } amount
                ? RequestValues.Number("AdjustMeterBalance", amount)
                : new XElement(DuisNames.Sr + "ResetMeterBalance")),
    ];

    private static UpdatePaymentMode ReadMode(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        return element.Flag(DuisNames.Sr, "Credit")
            ? new UpdatePaymentMode(null, execution)
            : new UpdatePaymentMode(
                element.Within(DuisNames.Sr, "Prepayment", mode => new PrepaymentModeSettings(
                    mode.Truth("SuspendDebtDisabled"), mode.Truth("SuspendDebtEmergency"), mode.Int("DisablementThreshold"))),
                execution);
    }

    private static IEnumerable<XElement> WriteMode(UpdatePaymentMode body) =>
    [
        .. BodyFormats.ExecutionDateTime(body),
        body.Prepayment is { } settings
            ? new XElement(
                DuisNames.Sr + "Prepayment",
                RequestValues.Truth("SuspendDebtDisabled", settings.SuspendDebtDisabled),
                RequestValues.Truth("SuspendDebtEmergency", settings.SuspendDebtEmergency),
                RequestValues.Number("DisablementThreshold", settings.DisablementThreshold))
            : new XElement(DuisNames.Sr + "Credit"),
    ];

    private static TopUpDevice ReadTopUp(ElementReader element)
    {
        ElementReader utrn = element.Take(DuisNames.Sr, "UTRN").Only();
        string digits = utrn.Text();
        return digits.Length == TopUpDevice.UtrnDigits && digits.All(char.IsAsciiDigit)
            ? new TopUpDevice(digits)
            : throw utrn.Fault($"found {digits.Length} characters (not shown); allowed are {TopUpDevice.UtrnDigits} decimal digits");
    }

    private static UpdateDebt ReadDebt(ElementReader element)
    {
        int first = element.Int("TimeDebtRegister1");
        int second = element.Int("TimeDebtRegister2");
        int payment = element.Int("PaymentDebtRegister");
        int share = (int)element.Whole("DebtRecoveryPerPayment", 0, UpdateDebt.WholePayment);
        DebtRecovery recovery = element.Within(DuisNames.Sr, $"{ElectricityDebt}1", ReadRecovery);
        return new UpdateDebt(
            first, second, payment, share, recovery, element.Within(DuisNames.Sr, $"{ElectricityDebt}2", ReadRecovery));
    }

    private static IEnumerable<XElement> WriteDebt(UpdateDebt body) =>
    [
        RequestValues.Number("TimeDebtRegister1", body.TimeDebtRegister1),
        RequestValues.Number("TimeDebtRegister2", body.TimeDebtRegister2),
        RequestValues.Number("PaymentDebtRegister", body.PaymentDebtRegister),
        RequestValues.Number("DebtRecoveryPerPayment", body.DebtRecoveryPerPayment),
        WriteRecovery($"{ElectricityDebt}1", body.DebtRecovery1),
        WriteRecovery($"{ElectricityDebt}2", body.DebtRecovery2),
    ];

    private static DebtRecovery ReadRecovery(ElementReader element)
    {
        long rate = element.Whole("DebtRecoveryRate", short.MinValue, short.MaxValue);
        sbyte scale = element.Scale("DebtRecoveryRatePriceScale");
        return new DebtRecovery(
            rate, scale,
            element.Take(DuisNames.Sr, "DebtRecoveryRatePeriod").Only().OneOf<DebtRecoveryPeriod>(PrepaymentConfigurationFormat.Word));
    }

    private static XElement WriteRecovery(string name, DebtRecovery recovery) => new(
        DuisNames.Sr + name,
        RequestValues.Number("DebtRecoveryRate", recovery.Rate),
        RequestValues.Number("DebtRecoveryRatePriceScale", recovery.PriceScale),
        recovery.Period is { } period
            ? new XElement(DuisNames.Sr + "DebtRecoveryRatePeriod", PrepaymentConfigurationFormat.Word(period))
            : null);

    private static UpdatePrepayConfiguration ReadConfiguration(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        return element.Within(DuisNames.Sr, Electricity, settings =>
        {
            int cap = (int)settings.Whole("DebtRecoveryRateCap", 0, ushort.MaxValue);
            int limit = settings.Int("EmergencyCreditLimit");
            int threshold = settings.Int("EmergencyCreditThreshold");
            int low = settings.Int("LowCreditThreshold");
            NonDisablementCalendar calendar = settings.Within(
                DuisNames.Sr, "ElectricityNonDisablementCalendar", list => NonDisablementFormat.Read(list, DuisNames.Sr));
            int balance = settings.Int("MaxMeterBalance");
            return new UpdatePrepayConfiguration(
                cap, limit, threshold, low, calendar, balance, settings.Int("MaxCreditThreshold"), execution);
        });
    }

    private static IEnumerable<XElement> WriteConfiguration(UpdatePrepayConfiguration body) =>
    [
        .. BodyFormats.ExecutionDateTime(body),
        new XElement(
            DuisNames.Sr + Electricity,
            RequestValues.Number("DebtRecoveryRateCap", body.DebtRecoveryRateCap),
            RequestValues.Number("EmergencyCreditLimit", body.EmergencyCreditLimit),
            RequestValues.Number("EmergencyCreditThreshold", body.EmergencyCreditThreshold),
            RequestValues.Number("LowCreditThreshold", body.LowCreditThreshold),
            new XElement(
                DuisNames.Sr + "ElectricityNonDisablementCalendar", NonDisablementFormat.Write(body.NonDisablement, DuisNames.Sr)),
            RequestValues.Number("MaxMeterBalance", body.MaxMeterBalance),
            RequestValues.Number("MaxCreditThreshold", body.MaxCreditThreshold)),
    ];
}
