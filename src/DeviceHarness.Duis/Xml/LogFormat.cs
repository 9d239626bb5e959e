using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of ReadEventOrSecurityLog and ReadEventOrSecurityLogRsp, and the period of every log.</summary>
internal static class LogFormat
{
    /// <summary>Reads the period of a request for a log.</summary>
    public static ReadLogPeriod ReadPeriod(ElementReader parent)
    {
        ElementReader period = parent.Take(DuisNames.Sr, "ReadLogPeriod").Only();
        ReadLogPeriod read = new(
            period.Take(DuisNames.Sr, "StartDateTime").Only().Time(), period.Take(DuisNames.Sr, "EndDateTime").Only().Time());
        period.End();
        return read;
    }

    /// <summary>Writes the period of a request for a log.</summary>
    public static XElement WritePeriod(ReadLogPeriod period) => new(
        DuisNames.Sr + "ReadLogPeriod",
        new XElement(DuisNames.Sr + "StartDateTime", DuisText.Time(period.Start)),
        new XElement(DuisNames.Sr + "EndDateTime", DuisText.Time(period.End)));

    /// <summary>Reads a 6.13.</summary>
    public static ReadEventOrSecurityLog ReadRequest(ElementReader element) =>
        new(ReadPeriod(element), element.Take(DuisNames.Sr, "LogToRead").Only().OneOf<EventLog>(EventLogText.Of));

    /// <summary>Writes a 6.13.</summary>
    public static IEnumerable<XElement> WriteRequest(ReadEventOrSecurityLog body) =>
        [WritePeriod(body.Period), new XElement(DuisNames.Sr + "LogToRead", EventLogText.Of(body.LogToRead))];

    /// <summary>Reads the answer to a 6.13.</summary>
    public static ReadEventOrSecurityLogRsp ReadResponse(ElementReader element)
    {
        if (element.TryTake(DuisNames.Ra, "ALCSEvent", out ElementReader? alcs))
        {
            return new ReadEventOrSecurityLogRsp { AlcsEventXml = DuisXmlText.Fragment(alcs.Element) };
        }

        if (!element.TryTake(DuisNames.Ra, "Log", out ElementReader? log))
        {
            return new ReadEventOrSecurityLogRsp();
        }

        List<EventLogEntry> entries = [];
        while (log.Only().TryTake(DuisNames.Ra, "LogEntry", out ElementReader? entry))
        {
            entries.Add(entries.Count < ReadEventOrSecurityLogRsp.MaxEntries
                ? ReadEntry(entry.Only())
                : throw entry.Fault($"found more than {ReadEventOrSecurityLogRsp.MaxEntries} entries"));
        }

        log.End();
        return new ReadEventOrSecurityLogRsp { Log = entries };
    }

    /// <summary>Writes the answer to a 6.13.</summary>
    public static IEnumerable<XElement> WriteResponse(ReadEventOrSecurityLogRsp body)
    {
        if (body.AlcsEventXml is { } alcs)
        {
            yield return DuisXmlText.Element(alcs);
        }
        else if (body.Log is { } log)
        {
            yield return new XElement(DuisNames.Ra + "Log", log.Select(WriteEntry));
        }
    }

    private static EventLogEntry ReadEntry(ElementReader entry)
    {
        EventLogEntry read = new(
            entry.TryTake(DuisNames.Ra, "Timestamp", out ElementReader? time) ? time.Only().Time() : null,
            entry.TryTake(DuisNames.Ra, "LogCode", out ElementReader? code) ? Hex(code) : null,
            entry.TryTake(DuisNames.Ra, "LogMeaning", out ElementReader? meaning) ? Meaning(meaning) : null,
            entry.TryTake(DuisNames.Ra, "OtherInformation", out ElementReader? other) ? Hex(other) : null,
            entry.TryTake(DuisNames.Ra, "OtherInformationLogMeaning", out ElementReader? otherMeaning) ? Meaning(otherMeaning) : null);
        entry.End();
        return read;
    }

    private static string Hex(ElementReader element) => Convert.ToHexString(element.Only().HexOctets(count: null).Span);

    private static string Meaning(ElementReader element)
    {
        string text = element.Only().Text();
        return text.Length <= EventLogEntry.MaxMeaningCharacters
            ? text
            : throw element.Fault($"found {text.Length} characters; allowed are {EventLogEntry.MaxMeaningCharacters}");
    }

    private static XElement WriteEntry(EventLogEntry entry) => new(
        DuisNames.Ra + "LogEntry",
        entry.Timestamp is { } time ? new XElement(DuisNames.Ra + "Timestamp", DuisText.Time(time)) : null,
        Text("LogCode", entry.LogCode),
        Text("LogMeaning", entry.LogMeaning),
        Text("OtherInformation", entry.OtherInformation),
        Text("OtherInformationLogMeaning", entry.OtherInformationLogMeaning));

    private static XElement? Text(string name, string? value) =>
        value is null ? null : new XElement(DuisNames.Ra + name, DuisXmlText.Safe(value));
}
