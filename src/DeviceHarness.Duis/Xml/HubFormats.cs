using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Hub;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of requests to a comms hub: 8.9, 8.11.</summary>
internal static class HubFormats
{
    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.Of<ReadDeviceLog, ReadDeviceLogRsp>("8.9", ReadLogRequest, WriteLogRequest, ReadLog, WriteLog),
        BodyFormat.Of<UpdateHANDeviceLog, UpdateHANDeviceLogRsp>(
            "8.11", ReadUpdate, WriteUpdate, _ => new UpdateHANDeviceLogRsp(), _ => []),
    ];

    private static ReadDeviceLog ReadLogRequest(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        bool readsSecurity = element.TryTake(DuisNames.Sr, "ReadSecurityDetails", out ElementReader? details);
        details?.Only().End();
        return new ReadDeviceLog(readsSecurity, execution);
    }

    private static IEnumerable<XElement> WriteLogRequest(ReadDeviceLog body) =>
    [
        .. BodyFormats.ExecutionDateTime(body),
        .. body.ReadsSecurityDetails ? (XElement[])[new XElement(DuisNames.Sr + "ReadSecurityDetails")] : [],
    ];

    private static ReadDeviceLogRsp ReadLog(ElementReader element)
    {
        if (element.TryTake(DuisNames.Ra, "DeviceLogEntries", out ElementReader? other)
            || element.TryTake(DuisNames.Ra, "CHFConnectedDeviceLog", out other))
        {
            return new ReadDeviceLogRsp { OtherLogXml = DuisXmlText.Fragment(other.Element) };
        }

        if (!element.TryTake(DuisNames.Ra, "CHFDeviceLog", out ElementReader? log))
        {
            return new ReadDeviceLogRsp();
        }

        IReadOnlyList<HanDeviceLogEntry> devices =
            log.Only().Several("CHFDeviceLogEntry", ReadDeviceLogRsp.MaxEntries, ReadEntry);
        log.End();
        return new ReadDeviceLogRsp { Devices = devices };
    }

    private static IEnumerable<XElement> WriteLog(ReadDeviceLogRsp body)
    {
        if (body.OtherLogXml is { } other)
        {
            yield return DuisXmlText.Element(other);
        }
        else if (body.Devices is { } devices)
        {
            yield return new XElement(DuisNames.Ra + "CHFDeviceLog", devices.Select(device => new XElement(
                DuisNames.Ra + "CHFDeviceLogEntry",
                OptionalValues.Text("DeviceID", device.DeviceId?.ToString()),
                OptionalValues.Time("LastCommunicationsDateTime", device.LastCommunications),
                OptionalValues.Number("SubGHzLinkQuality", (long?)device.SubGHzLinkQuality))));
        }
    }

    private static HanDeviceLogEntry ReadEntry(ElementReader entry) => new(
        entry.TryTake(DuisNames.Ra, "DeviceID", out ElementReader? device) ? device.Only().Eui() : null,
        entry.OptionalTime("LastCommunicationsDateTime"),
        entry.TryTake(DuisNames.Ra, "SubGHzLinkQuality", out ElementReader? quality)
            ? (int)quality.Only().Integer(sbyte.MinValue, sbyte.MaxValue)
            : null);

    private static UpdateHANDeviceLog ReadUpdate(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        Eui64 device = element.Take(DuisNames.Sr, "DeviceID").Only().Eui();
        HanLogChange change = element.Take(DuisNames.Sr, "RequestType").Only().OneOf<HanLogChange>(value => value.ToString());
        HanDeviceJoin? join = element.TryTake(DuisNames.Sr, "AddDeviceToCHFWhitelist", out ElementReader? add) ? ReadJoin(add) : null;
        return new UpdateHANDeviceLog(device, change, join, execution);
    }

    private static HanDeviceJoin ReadJoin(ElementReader add)
    {
        int period = (int)add.Only().Take(DuisNames.Sr, "JoinTimePeriod").Only().Integer(1, HanDeviceJoin.MaxPeriodSeconds);
        ElementReader code = add.Take(DuisNames.Sr, "InstallCode").Only();
        ReadOnlyMemory<byte> octets = code.HexOctets(count: null);
        if (octets.Length is < HanDeviceJoin.MinInstallCodeOctets or > HanDeviceJoin.MaxInstallCodeOctets)
        {
            throw code.Fault(
                $"found {octets.Length} octets; allowed are {HanDeviceJoin.MinInstallCodeOctets} to {HanDeviceJoin.MaxInstallCodeOctets}");
        }

        List<string> points = [];
        foreach (string name in (string[])["ImportMPxN", "SecondaryImportMPAN", "ExportMPAN"])
        {
            if (add.TryTake(DuisNames.Sr, name, out ElementReader? point))
            {
                points.Add(DuisXmlText.Fragment(point.Element));
            }
        }

        add.End();
        return new HanDeviceJoin(period, Convert.ToHexString(octets.Span)) { MeterPointXml = points };
    }

    private static IEnumerable<XElement> WriteUpdate(UpdateHANDeviceLog body) =>
    [
        .. BodyFormats.ExecutionDateTime(body),
        new XElement(DuisNames.Sr + "DeviceID", body.Device.ToString()),
        new XElement(DuisNames.Sr + "RequestType", body.RequestType.ToString()),
        .. body.Join is { } join ? (XElement[])[WriteJoin(join)] : [],
    ];

    private static XElement WriteJoin(HanDeviceJoin join) => new(
        DuisNames.Sr + "AddDeviceToCHFWhitelist",
        new XElement(DuisNames.Sr + "JoinTimePeriod", join.PeriodSeconds.ToString(CultureInfo.InvariantCulture)),
        new XElement(DuisNames.Sr + "InstallCode", join.InstallCode),
        join.MeterPointXml.Select(DuisXmlText.Element));
}
