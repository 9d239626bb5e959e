using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of reads of load profiles, voltage profiles and daily logs: 4.6.2, 4.8.1, 4.8.2, 4.8.3, 4.10, 4.17.</summary>
internal static class ProfileLogFormats
{
    private const string Entry = "LogEntry";
    private const string Timestamp = "Timestamp";
    private const string Electricity = "Electricity";
    private const string Gas = "Gas";
    private const string Primary = "PrimaryValue";
    private const string Secondary = "SecondaryValue";

    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.Of<RetrieveExportDailyReadLog, RetrieveExportDailyReadLogRsp>(
            "4.6.2",
            element => OptionalValues.PeriodRequest(element, (period, time) => new RetrieveExportDailyReadLog(period, time)),
            OptionalValues.PeriodRequest,
            element => new RetrieveExportDailyReadLogRsp
            {
                Entries = element.Several(Entry, RetrieveExportDailyReadLogRsp.MaxEntries, ReadExportDay),
            },
            body => body.Entries.Select(entry => Row(
                OptionalValues.Number("ActiveExportRegisterValue", entry.ActiveExportRegisterValue),
                OptionalValues.Time("TimeStamp", entry.Timestamp)))),
        BodyFormat.Of<ReadActiveImportProfileData, ReadActiveImportProfileDataRsp>(
            "4.8.1",
            element => OptionalValues.PeriodRequest(
                element, (period, time, credentials) => new ReadActiveImportProfileData(period, time, credentials)),
            OptionalValues.PeriodRequest,
            element => new ReadActiveImportProfileDataRsp
            {
                Entries = element.Several(Entry, ReadActiveImportProfileDataRsp.MaxEntries, ReadHalfHour),
            },
            body => body.Entries.Select(entry => Row(OptionalValues.Time(Timestamp, entry.Timestamp), WriteHalfHour(entry)))),
        BodyFormat.Of<ReadReactiveImportProfileData, ReadReactiveImportProfileDataRsp>(
            "4.8.2",
            element => OptionalValues.PeriodRequest(element, (period, time) => new ReadReactiveImportProfileData(period, time)),
            OptionalValues.PeriodRequest,
            element => new ReadReactiveImportProfileDataRsp
            {
                Entries = element.Several(Entry, ReadReactiveImportProfileDataRsp.MaxEntries, ReadReactive),
            },
            body => body.Entries.Select(entry => Row(
                OptionalValues.Number("ReactiveEnergyImportedValue", entry.ReactiveEnergyImportedValue),
                OptionalValues.Time(Timestamp, entry.Timestamp)))),
        BodyFormat.Of<ReadExportProfileData, ReadExportProfileDataRsp>(
            "4.8.3",
            element => OptionalValues.PeriodRequest(element, (period, time) => new ReadExportProfileData(period, time)),
            OptionalValues.PeriodRequest,
            element => new ReadExportProfileDataRsp
            {
                Entries = element.Several(Entry, ReadExportProfileDataRsp.MaxEntries, ReadExport),
            },
            body => body.Entries.Select(entry => Row(
                OptionalValues.Number("ActiveEnergyExportedValue", entry.ActiveEnergyExportedValue),
                OptionalValues.Number("ReactiveEnergyExportedValue", entry.ReactiveEnergyExportedValue),
                OptionalValues.Time(Timestamp, entry.Timestamp)))),
        BodyFormat.Of<ReadNetworkData, ReadNetworkDataRsp>(
            "4.10",
            element => OptionalValues.PeriodRequest(
                element, (period, time, credentials) => new ReadNetworkData(period, time, credentials)),
            OptionalValues.PeriodRequest,
            NetworkDataFormat.Read,
            NetworkDataFormat.Write),
        BodyFormat.Of<RetrieveDailyConsumptionLog, RetrieveDailyConsumptionLogRsp>(
            "4.17",
            element => OptionalValues.PeriodRequest(
                element, (period, time, credentials) => new RetrieveDailyConsumptionLog(period, time, credentials)),
            OptionalValues.PeriodRequest,
            ReadDays,
            body =>
            [
                new XElement(DuisNames.Ra + (body.IsGas ? Gas : Electricity), body.Entries.Select(entry => Row(
                    OptionalValues.Number("Value", entry.Value), OptionalValues.Time(Timestamp, entry.Timestamp)))),
            ]),
    ];

    private static XElement Row(params XElement?[] values) => new(DuisNames.Ra + Entry, values);

    private static ExportDailyReadLogEntry ReadExportDay(ElementReader entry)
    {
        long? value = entry.OptionalInteger("ActiveExportRegisterValue");
        return new ExportDailyReadLogEntry(entry.OptionalTime("TimeStamp"), value);
    }

    private static ActiveImportProfileEntry ReadHalfHour(ElementReader entry)
    {
        DateTimeOffset? time = entry.OptionalTime(Timestamp);
        ActiveImportProfileEntry? gas = entry.OptionalGroup(Gas, values => new ActiveImportProfileEntry(time, null)
        {
            IsGas = true,
            GasValue = values.OptionalDecimal(Primary),
        });
        if (gas is not null)
        {
            return gas;
        }

        (long? primary, long? secondary) = entry.OptionalGroup(
            Electricity, values => (values.OptionalInteger(Primary), values.OptionalInteger(Secondary)));
        return new ActiveImportProfileEntry(time, primary, secondary);
    }

    private static XElement WriteHalfHour(ActiveImportProfileEntry entry) => entry.IsGas
        ? new XElement(DuisNames.Ra + Gas, OptionalValues.Number(Primary, entry.GasValue))
        : new XElement(
            DuisNames.Ra + Electricity,
            OptionalValues.Number(Primary, entry.PrimaryValue),
            OptionalValues.Number(Secondary, entry.SecondaryValue));

    private static ReactiveImportProfileEntry ReadReactive(ElementReader entry)
    {
        long? value = entry.OptionalInteger("ReactiveEnergyImportedValue");
        return new ReactiveImportProfileEntry(entry.OptionalTime(Timestamp), value);
    }

    private static ExportProfileEntry ReadExport(ElementReader entry)
    {
        long? active = entry.OptionalInteger("ActiveEnergyExportedValue");
        long? reactive = entry.OptionalInteger("ReactiveEnergyExportedValue");
        return new ExportProfileEntry(entry.OptionalTime(Timestamp), active, reactive);
    }

    private static RetrieveDailyConsumptionLogRsp ReadDays(ElementReader element)
    {
        IReadOnlyList<DailyConsumptionEntry>? days = Of(Electricity, entry => entry.OptionalInteger("Value"));
        IReadOnlyList<DailyConsumptionEntry>? gas = days is null ? Of(Gas, entry => entry.OptionalDecimal("Value")) : null;
        return new RetrieveDailyConsumptionLogRsp { IsGas = gas is not null, Entries = days ?? gas ?? [] };

        IReadOnlyList<DailyConsumptionEntry>? Of(string meter, Func<ElementReader, decimal?> read) => element.OptionalGroup(
            meter, log => log.Several(Entry, RetrieveDailyConsumptionLogRsp.MaxEntries, entry =>
            {
                decimal? value = read(entry);
                return new DailyConsumptionEntry(entry.OptionalTime(Timestamp), value);
            }));
    }
}
