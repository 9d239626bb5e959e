using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Network;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of ReadNetworkDataRsp of a single-phase meter, or of a gas meter.</summary>
/// <remarks>Spec: MMC XML schema 5.1, ReadNetworkDataRsp. Departs: the answers of polyphase meters are not read.</remarks>
internal static class NetworkDataFormat
{
    private const string Phase = "SinglePhaseESME";
    private const string Over = "AvgRMSOverVoltageCounter";
    private const string Under = "AvgRMSUnderVoltageCounter";
    private const string Log = "AvgRMSVoltageProfileDataLog";
    private const string Period = "MeasurementPeriod";
    private const string Gas = "Gas";
    private const string GasLog = "NetworkDataLog";
    private const string Entry = "LogEntry";

    /// <summary>Reads it.</summary>
    public static ReadNetworkDataRsp Read(ElementReader element) =>
        element.OptionalGroup("Electricity", meter => meter.OptionalGroup(Phase, ReadPhase))
        ?? element.OptionalGroup(Gas, meter => new ReadNetworkDataRsp
        {
            GasEntries = meter.OptionalGroup(GasLog, log => log.Several(Entry, ReadNetworkDataRsp.MaxGasEntries, ReadGas)) ?? [],
        })
        ?? new ReadNetworkDataRsp();

    /// <summary>Writes it.</summary>
    public static IEnumerable<XElement> Write(ReadNetworkDataRsp body)
    {
        if (body.GasEntries is { } gas)
        {
            yield return new XElement(DuisNames.Ra + Gas, new XElement(
                DuisNames.Ra + GasLog, gas.Select(entry => WriteEntry(entry.Value, entry.Timestamp))));
            yield break;
        }

        XElement? log = body.Entries.Count == 0 && body.MeasurementPeriod is null
            ? null
            : new XElement(
                DuisNames.Ra + Log,
                body.Entries.Select(entry => WriteEntry(entry.Value, entry.Timestamp)),
                OptionalValues.Number(Period, body.MeasurementPeriod));
        yield return new XElement(
            DuisNames.Ra + "Electricity",
            OptionalValues.Group(Phase, Counter(Over, body.AvgRmsOverVoltageCounter), Counter(Under, body.AvgRmsUnderVoltageCounter), log));
    }

    private static ReadNetworkDataRsp ReadPhase(ElementReader phase)
    {
        long? over = phase.OptionalGroup(Over, ReadCounter);
        long? under = phase.OptionalGroup(Under, ReadCounter);
        (IReadOnlyList<AverageVoltageEntry>? entries, long? period) = phase.OptionalGroup(Log, log => (
            log.Several(Entry, ReadNetworkDataRsp.MaxEntries, ReadEntry), log.OptionalInteger(Period, min: 0)));
        return new ReadNetworkDataRsp
        {
            AvgRmsOverVoltageCounter = over,
            AvgRmsUnderVoltageCounter = under,
            Entries = entries ?? [],
            MeasurementPeriod = period,
        };
    }

    private static long? ReadCounter(ElementReader counter) => RegisterFormats.Value(counter, "Unit");

    private static AverageVoltageEntry ReadEntry(ElementReader entry)
    {
        decimal? value = entry.OptionalDecimal("Value");
        return new AverageVoltageEntry(entry.OptionalTime("Timestamp"), value);
    }

    private static GasNetworkDataEntry ReadGas(ElementReader entry)
    {
        decimal? value = entry.OptionalDecimal("Value");
        return new GasNetworkDataEntry(entry.OptionalTime("Timestamp"), value);
    }

    private static XElement WriteEntry(decimal? value, DateTimeOffset? time) => new(
        DuisNames.Ra + Entry, OptionalValues.Number("Value", value), OptionalValues.Time("Timestamp", time));

    private static XElement? Counter(string name, long? value) => OptionalValues.Group(name, OptionalValues.Number("Value", value));
}
