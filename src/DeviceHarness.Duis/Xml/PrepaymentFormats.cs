using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of reads of prepayment: 4.3, 4.14, 4.18.</summary>
internal static class PrepaymentFormats
{
    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.Of<ReadInstantaneousPrepayValues, ReadInstantaneousPrepayValuesRsp>(
            "4.3",
            element => new ReadInstantaneousPrepayValues(BodyFormats.ExecutionDateTime(element)),
            BodyFormats.ExecutionDateTime,
            element => new ReadInstantaneousPrepayValuesRsp
            {
                EmergencyCreditBalance = element.OptionalInteger("EmergencyCreditBalance"),
                AccumulatedDebtRegister = element.OptionalInteger("AccumulatedDebtRegister"),
                PaymentDebtRegister = element.OptionalInteger("PaymentDebtRegister"),
                TimeDebtRegister1 = element.OptionalInteger("TimeDebtRegister1"),
                TimeDebtRegister2 = element.OptionalInteger("TimeDebtRegister2"),
                MeterBalance = element.OptionalInteger("MeterBalance"),
            },
            body => OptionalValues.Present(
                OptionalValues.Number("EmergencyCreditBalance", body.EmergencyCreditBalance),
                OptionalValues.Number("AccumulatedDebtRegister", body.AccumulatedDebtRegister),
                OptionalValues.Number("PaymentDebtRegister", body.PaymentDebtRegister),
                OptionalValues.Number("TimeDebtRegister1", body.TimeDebtRegister1),
                OptionalValues.Number("TimeDebtRegister2", body.TimeDebtRegister2),
                OptionalValues.Number("MeterBalance", body.MeterBalance))),
        BodyFormat.Of<ReadPrepaymentDailyReadLog, ReadPrepaymentDailyReadLogRsp>(
            "4.14",
            element => OptionalValues.PeriodRequest(
                element, (period, time, credentials) => new ReadPrepaymentDailyReadLog(period, time, credentials)),
            OptionalValues.PeriodRequest,
            element => new ReadPrepaymentDailyReadLogRsp
            {
                Entries = element.OptionalGroup(
                    "Electricity", log => log.Several("LogEntry", ReadPrepaymentDailyReadLogRsp.MaxEntries, ReadDay)) ?? [],
            },
            body => [new XElement(DuisNames.Ra + "Electricity", body.Entries.Select(WriteDay))]),
        BodyFormat.Of<ReadMeterBalance, ReadMeterBalanceRsp>(
            "4.18",
            element => new ReadMeterBalance(BodyFormats.ExecutionDateTime(element)),
            BodyFormats.ExecutionDateTime,
            element => new ReadMeterBalanceRsp
            {
                MeterBalance = element.OptionalInteger("MeterBalance"),
                GasMeterBalancePrepaymentMode = element.OptionalGroup("Gas", gas => gas.OptionalInteger("MeterBalancePrepaymentMode")),
            },
            body => OptionalValues.Present(
                OptionalValues.Number("MeterBalance", body.MeterBalance),
                OptionalValues.Group("Gas", OptionalValues.Number("MeterBalancePrepaymentMode", body.GasMeterBalancePrepaymentMode)))),
    ];

    private static PrepaymentDailyEntry ReadDay(ElementReader entry)
    {
        long? accumulated = entry.OptionalInteger("AccumulatedDebtRegister");
        long? emergency = entry.OptionalInteger("EmergencyCreditBalance");
        long? balance = entry.OptionalInteger("MeterBalance");
        long? payment = entry.OptionalInteger("PaymentDebtRegister");
        long? first = entry.OptionalInteger("TimeDebtRegisters1");
        long? second = entry.OptionalInteger("TimeDebtRegisters2");
        return new PrepaymentDailyEntry(entry.OptionalTime("Timestamp"), accumulated, emergency, balance, payment, first, second);
    }

    private static XElement WriteDay(PrepaymentDailyEntry entry) => new(
        DuisNames.Ra + "LogEntry",
        OptionalValues.Number("AccumulatedDebtRegister", entry.AccumulatedDebtRegister),
        OptionalValues.Number("EmergencyCreditBalance", entry.EmergencyCreditBalance),
        OptionalValues.Number("MeterBalance", entry.MeterBalance),
        OptionalValues.Number("PaymentDebtRegister", entry.PaymentDebtRegister),
        OptionalValues.Number("TimeDebtRegisters1", entry.TimeDebtRegisters1),
        OptionalValues.Number("TimeDebtRegisters2", entry.TimeDebtRegisters2),
        OptionalValues.Time("Timestamp", entry.Timestamp));
}
