using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of UpdateFirmware, UpdatePPMIDFirmware, ActivateFirmware, ActivateFirmwareRsp and of the two warnings.</summary>
internal static class FirmwareFormat
{
    private const string Warning = "DSPUpdateFirmwareWarning";
    private const string PpmidWarning = "DSPUpdatePPMIDFirmwareWarning";

    /// <summary>Reads an 11.1 or an 11.4.</summary>
    /// <param name="element">The request's element.</param>
    /// <param name="make">Makes the request.</param>
    public static TRequest ReadUpdate<TRequest>(
        ElementReader element, Func<FirmwareImage, string, IReadOnlyList<Eui64>, TRequest> make)
        where TRequest : FirmwareUpdate
    {
        FirmwareImage image = Image(element.Take(DuisNames.Sr, "FirmwareImage").Only());
        ElementReader version = element.Take(DuisNames.Sr, "FirmwareVersion").Only();
        if (version.Text().Length is 0 or > FirmwareUpdate.MaxVersionCharacters)
        {
            throw version.Fault(
                $"found {version.Text().Length} characters; allowed are 1 to {FirmwareUpdate.MaxVersionCharacters}");
        }

        return make(image, version.Text(), Devices(element.Take(DuisNames.Sr, "DeviceIDList").Only()));
    }

    /// <summary>Writes an 11.1 or an 11.4.</summary>
    public static IEnumerable<XElement> WriteUpdate(FirmwareUpdate body) =>
    [
        new XElement(DuisNames.Sr + "FirmwareImage", Convert.ToBase64String(body.FirmwareImage.Octets.Span)),
        new XElement(DuisNames.Sr + "FirmwareVersion", DuisXmlText.Safe(body.FirmwareVersion)),
        new XElement(DuisNames.Sr + "DeviceIDList", string.Join(',', body.Devices)),
    ];

    /// <summary>Reads an 11.3.</summary>
    public static ActivateFirmware ReadActivate(ElementReader element)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        ElementReader hash = element.Take(DuisNames.Sr, "FirmwareHash").Only();
        return new ActivateFirmware(hash.HexOctets(FirmwareImage.HashOctets), execution);
    }

    /// <summary>Writes an 11.3.</summary>
    public static IEnumerable<XElement> WriteActivate(ActivateFirmware body) =>
    [
        .. BodyFormats.ExecutionDateTime(body),
        new XElement(DuisNames.Sr + "FirmwareHash", Convert.ToHexString(body.FirmwareHash.Span)),
    ];

    /// <summary>Reads the answer to an 11.3.</summary>
    public static ActivateFirmwareRsp ReadActivateRsp(ElementReader element)
    {
        Asn1Status? status = null;
        if (element.TryTake(DuisNames.Ra, "ActivateImageResponseCode", out ElementReader? code))
        {
            long number = code.Only("ResponseCode").IntegerAttribute("ResponseCode");
            status = new Asn1Status(code.Take(DuisNames.Ra, "ASN1Status").Only().Token(), number);
            code.End();
        }

        return new ActivateFirmwareRsp
        {
            ActivateImageResponseCode = status,
            FirmwareVersion = element.TryTake(DuisNames.Ra, "FirmwareVersion", out ElementReader? text) ? text.Only().Text() : null,
        };
    }

    /// <summary>Writes the answer to an 11.3.</summary>
    public static IEnumerable<XElement> WriteActivateRsp(ActivateFirmwareRsp body)
    {
        if (body.ActivateImageResponseCode is { } status)
        {
            yield return new XElement(
                DuisNames.Ra + "ActivateImageResponseCode",
                new XAttribute("ResponseCode", status.ResponseCode.ToString(CultureInfo.InvariantCulture)),
                new XElement(DuisNames.Ra + "ASN1Status", DuisXmlText.Safe(status.Name)));
        }

        if (body.FirmwareVersion is { } version)
        {
            yield return new XElement(DuisNames.Ra + "FirmwareVersion", DuisXmlText.Safe(version));
        }
    }

    /// <summary>Writes which devices an 11.1 or an 11.4 leaves out, as the data of its acknowledgement.</summary>
    public static string WriteWarning(UpdateFirmwareWarning warning, string srv) => DuisXmlText.Fragment(new XElement(
        DuisNames.Sr + WarningOf(srv),
        List("InvalidDeviceIDList", warning.InvalidDevices),
        List("NotCommissionedDeviceIDList", warning.NotCommissionedDevices),
        List("NotApplicableFirmwareDeviceIDList", warning.NotApplicableFirmwareDevices),
        List("OtherRequestInProgressList", warning.OtherRequestInProgressDevices),
        List("InvalidGBCSVersionList", warning.InvalidGbcsVersionDevices)));

    /// <summary>Reads which devices an 11.1 or an 11.4 leaves out.</summary>
    public static UpdateFirmwareWarning ReadWarning(string dataXml, string srv)
    {
        ElementReader element = ElementReader.Root(dataXml, DuisNames.Sr, WarningOf(srv)).Only();
        UpdateFirmwareWarning warning = new()
        {
            InvalidDevices = List(element, "InvalidDeviceIDList"),
            NotCommissionedDevices = List(element, "NotCommissionedDeviceIDList"),
            NotApplicableFirmwareDevices = List(element, "NotApplicableFirmwareDeviceIDList"),
            OtherRequestInProgressDevices = List(element, "OtherRequestInProgressList"),
            InvalidGbcsVersionDevices = List(element, "InvalidGBCSVersionList"),
        };
        element.End();
        return warning;
    }

    private static string WarningOf(string srv) => srv == UpdatePpmidFirmware.Variant ? PpmidWarning : Warning;

    private static XElement? List(string name, IReadOnlyList<Eui64> devices) =>
        devices.Count == 0 ? null : new XElement(DuisNames.Sr + name, string.Join(',', devices));

    private static IReadOnlyList<Eui64> List(ElementReader parent, string name) =>
        parent.TryTake(DuisNames.Sr, name, out ElementReader? list) ? Devices(list.Only()) : [];

    private static FirmwareImage Image(ElementReader element)
    {
        string text = element.Text();
        // White space is allowed in base64 text and decodes to nothing.
        byte[] octets = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, octets, out int count) || count is 0 or > FirmwareImage.MaxOctets)
        {
            throw element.Fault($"found {text.Length} characters; allowed is base64 of 1 to {FirmwareImage.MaxOctets} octets");
        }

        return new FirmwareImage(octets.AsMemory(0, count));
    }

    private static List<Eui64> Devices(ElementReader element)
    {
        List<Eui64> devices = [];
        foreach (string text in element.Text().Split(','))
        {
            devices.Add(Eui64.TryParse(text, out Eui64 device)
                ? device
                : throw element.Fault(
                    $"found '{ElementValues.Quoted(text)}'; allowed are EUI-64s such as 90-B3-D5-1F-30-01-00-00 with commas between"));
        }

        return devices.Count <= FirmwareUpdate.MaxDevices
            ? devices
            : throw element.Fault($"found {devices.Count} devices; allowed are {FirmwareUpdate.MaxDevices}");
    }
}
