using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Network;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of ReadNetworkDataRsp of a single-phase meter.</summary>
/// <remarks>Spec: MMC XML schema 5.1, ReadNetworkDataRsp. Departs: the answers of polyphase and gas meters are not read.</remarks>
internal static class NetworkDataFormat
{
    private const string Phase = "SinglePhaseESME";
    private const string Over = "AvgRMSOverVoltageCounter";
    private const string Under = "AvgRMSUnderVoltageCounter";
    private const string Log = "AvgRMSVoltageProfileDataLog";
    private const string Period = "MeasurementPeriod";

    /// <summary>Reads it.</summary>
    public static ReadNetworkDataRsp Read(ElementReader element) =>
        element.OptionalGroup("Electricity", meter => meter.OptionalGroup(Phase, ReadPhase)) ?? new ReadNetworkDataRsp();

    /// <summary>Writes it.</summary>
    public static IEnumerable<XElement> Write(ReadNetworkDataRsp body)
    {
        XElement? log = body.Entries.Count == 0 && body.MeasurementPeriod is null
            ? null
            : new XElement(
                DuisNames.Ra + Log,
                body.Entries.Select(entry => new XElement(
                    DuisNames.Ra + "LogEntry",
                    OptionalValues.Number("Value", entry.Value),
                    OptionalValues.Time("Timestamp", entry.Timestamp))),
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
            log.Several("LogEntry", ReadNetworkDataRsp.MaxEntries, ReadEntry), log.OptionalInteger(Period, min: 0)));
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

    private static XElement? Counter(string name, long? value) => OptionalValues.Group(name, OptionalValues.Number("Value", value));
}
