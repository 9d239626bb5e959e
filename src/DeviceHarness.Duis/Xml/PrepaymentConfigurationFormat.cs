using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of ReadPrepaymentConfigurationRsp, in the form of an electricity meter.</summary>
internal static class PrepaymentConfigurationFormat
{
    private const string Calendar = "NonDisablementCalendar";

    /// <summary>Reads it.</summary>
    public static ReadPrepaymentConfigurationRsp Read(ElementReader element)
    {
        ReadPrepaymentConfigurationRsp head = new()
        {
            DebtRecoveryPerPayment = element.OptionalInteger("DebtRecoveryPerPayment"),
            DebtRecoveryRateCap = element.OptionalInteger("DebtRecoveryRateCap"),
            DisablementThreshold = element.OptionalInteger("DisablementThreshold"),
            EmergencyCreditLimit = element.OptionalInteger("EmergencyCreditLimit"),
            EmergencyCreditThreshold = element.OptionalInteger("EmergencyCreditThreshold"),
            LowCreditThreshold = element.OptionalInteger("LowCreditThreshold"),
            CreditMaxCreditThreshold = element.OptionalInteger("CreditMaxCreditThreshold"),
            MaxCreditMaxMeterBalance = element.OptionalInteger("MaxCreditMaxMeterBalance"),
            SuspendDebtDisabled = element.OptionalBoolean("SuspendDebtDisabled"),
            SuspendDebtEmergency = element.OptionalBoolean("SuspendDebtEmergency"),
        };
        if (element.OptionalGroup("Gas", GasPrepaymentFormat.ReadAnswer) is { } gas)
        {
            return head with { Gas = gas };
        }

        return element.OptionalGroup("Electricity", electricity => head with
        {
            PaymentMode = electricity.OptionalWord<PaymentMode>("PaymentMode"),
            NonDisablement = electricity.OptionalGroup(Calendar, list => NonDisablementFormat.Read(list, DuisNames.Ra)),
            DebtRecovery1 = electricity.OptionalGroup("DebtRecovery1", ReadRecovery),
            DebtRecovery2 = electricity.OptionalGroup("DebtRecovery2", ReadRecovery),
        }) ?? head;
    }

    /// <summary>Writes it.</summary>
    public static IEnumerable<XElement> Write(ReadPrepaymentConfigurationRsp body) => OptionalValues.Present(
        OptionalValues.Number("DebtRecoveryPerPayment", body.DebtRecoveryPerPayment),
        OptionalValues.Number("DebtRecoveryRateCap", body.DebtRecoveryRateCap),
        OptionalValues.Number("DisablementThreshold", body.DisablementThreshold),
        OptionalValues.Number("EmergencyCreditLimit", body.EmergencyCreditLimit),
        OptionalValues.Number("EmergencyCreditThreshold", body.EmergencyCreditThreshold),
        OptionalValues.Number("LowCreditThreshold", body.LowCreditThreshold),
        OptionalValues.Number("CreditMaxCreditThreshold", body.CreditMaxCreditThreshold),
        OptionalValues.Number("MaxCreditMaxMeterBalance", body.MaxCreditMaxMeterBalance),
        OptionalValues.Truth("SuspendDebtDisabled", body.SuspendDebtDisabled),
        OptionalValues.Truth("SuspendDebtEmergency", body.SuspendDebtEmergency),
        body.Gas is { } gas ? GasPrepaymentFormat.WriteAnswer(gas) : null,
        OptionalValues.Group(
            "Electricity",
            OptionalValues.Text("PaymentMode", body.PaymentMode?.ToString()),
            body.NonDisablement is { } calendar
                ? new XElement(DuisNames.Ra + Calendar, NonDisablementFormat.Write(calendar, DuisNames.Ra))
                : null,
            WriteRecovery("DebtRecovery1", body.DebtRecovery1),
            WriteRecovery("DebtRecovery2", body.DebtRecovery2)));

    /// <summary>A period as the schema writes it.</summary>
    public static string Word(DebtRecoveryPeriod period) => period.ToString().ToUpper(CultureInfo.InvariantCulture);

    private static DebtRecovery ReadRecovery(ElementReader element)
    {
        long rate = element.OptionalInteger("DebtRecoveryRate") ?? 0;
        sbyte scale = element.TryTake(DuisNames.Ra, "DebtRecoveryRatePriceScale", out ElementReader? found)
            ? (sbyte)found.Only().Integer(sbyte.MinValue, sbyte.MaxValue)
            : (sbyte)0;
        return new DebtRecovery(
            rate, scale,
            element.TryTake(DuisNames.Ra, "DebtRecoveryRatePeriod", out found) ? found.Only().OneOf<DebtRecoveryPeriod>(Word) : null);
    }

    private static XElement? WriteRecovery(string name, DebtRecovery? recovery) => recovery is null
        ? null
        : OptionalValues.Group(
            name,
            OptionalValues.Number("DebtRecoveryRate", recovery.Rate),
            OptionalValues.Number("DebtRecoveryRatePriceScale", (long)recovery.PriceScale),
            OptionalValues.Text("DebtRecoveryRatePeriod", recovery.Period is { } period ? Word(period) : null));
}
