using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Messages;

/// <summary>The SMETS1 envelope in XML.</summary>
/// <remarks>Header and Body of the inner response are in the gateway's namespace, their content in that of responses and alerts.</remarks>
internal static class Smets1Format
{
    /// <summary>Reads the content of SMETS1ResponseMessage.</summary>
    public static Smets1ResponseMessage Read(ElementReader message, List<string> warnings)
    {
        string? variant = OptionalReferences(message, DuisNames.Sr);
        ulong? schedule = message.TryTake(DuisNames.Sr, "DSPScheduleID", out ElementReader? id) ? id.Only().Counter() : null;
        uint? sequence = Throttled(message, "ThrottledAlertSequenceId");
        uint? count = Throttled(message, "ThrottledAlertCount");
        ElementReader signed = message.Take(DuisNames.Sr, "SMETS1SignedResponse").Only(MessageParts.VersionAttribute);
        message.End();
        string version = MessageParts.Version(signed, warnings);
        ElementReader inner = signed.Take(DuisNames.Sr, "SMETS1Response").Only();
        bool signature = MessageParts.Signature(signed);
        signed.End();
        warnings.Add(signature
            ? "the SMETS1 Service Provider's signature is present and was not checked"
            : "the SMETS1 Service Provider's signature, which the schema requires, is missing");
        Smets1Header header = Header(inner.Take(DuisNames.Sr, "Header").Only());
        ElementReader body = inner.Take(DuisNames.Sr, "Body").Only();
        inner.End();
        Smets1ResponseMessage result = new(header)
        {
            ServiceReferenceVariant = variant,
            DspScheduleId = schedule,
            ThrottledAlertSequenceId = sequence,
            ThrottledAlertCount = count,
            SignedResponseVersion = version,
            ServiceProviderSigned = signature,
        };
        if (body.TryTake(DuisNames.Sr, "ResponseMessage", out ElementReader? payload))
        {
            body.End();
            return Payload(payload.Only(), result);
        }

        ElementReader alert = body.Take(DuisNames.Sr, "DeviceAlertMessage");
        body.End();
        return result with { DeviceAlertXml = DuisXmlText.Fragment(alert.Element) };
    }

    /// <summary>Writes SMETS1ResponseMessage.</summary>
    public static XElement Write(Smets1ResponseMessage message) => new(
        DuisNames.Sr + "SMETS1ResponseMessage",
        message.ServiceReferenceVariant is null ? null : MessageParts.References(DuisNames.Sr, message.ServiceReferenceVariant),
        Number(DuisNames.Sr + "DSPScheduleID", message.DspScheduleId),
        Number(DuisNames.Sr + "ThrottledAlertSequenceId", message.ThrottledAlertSequenceId),
        Number(DuisNames.Sr + "ThrottledAlertCount", message.ThrottledAlertCount),
        new XElement(
            DuisNames.Sr + "SMETS1SignedResponse",
            new XAttribute(MessageParts.VersionAttribute, message.SignedResponseVersion),
            new XElement(
                DuisNames.Sr + "SMETS1Response",
                new XElement(DuisNames.Sr + "Header", HeaderContent(message.Header)),
                new XElement(
                    DuisNames.Sr + "Body",
                    message.DeviceAlertXml is null ? WritePayload(message) : DuisXmlText.Element(message.DeviceAlertXml)))));

    private static Smets1Header Header(ElementReader header)
    {
        Eui64 originator = header.Take(DuisNames.Ra, "BusinessOriginatorID").Only().Eui();
        Eui64 target = header.Take(DuisNames.Ra, "BusinessTargetID").Only().Eui();
        ulong counter = header.Take(DuisNames.Ra, "OriginatorCounter").Only().Counter();
        Smets1Header result = new(originator, target, counter)
        {
            SupplementaryRemotePartyId = Optional(header, "SupplementaryRemotePartyID", out ElementReader? party) ? party.Eui() : null,
            SupplementaryRemotePartyCounter = Counter(header, "SupplementaryRemotePartyCounter"),
            SupplementaryOriginatorCounter = Counter(header, "SupplementaryOriginatorCounter"),
            GbcsHexadecimalMessageCode = Optional(header, "GBCSHexadecimalMessageCode", out ElementReader? code) ? code.Token() : null,
            ServiceReferenceVariant = OptionalReferences(header, DuisNames.Ra),
            Timestamp = header.TryTake(DuisNames.Ra, "Timestamp", out ElementReader? time) ? Timestamp(time) : null,
        };
        header.End();
        return result;
    }

    private static Smets1Timestamp Timestamp(ElementReader element) =>
        new(element.Only("isFromGSME", "ClockStatus").Time(), element.BooleanAttribute("isFromGSME"), element.Attribute("ClockStatus"));

    private static bool Optional(ElementReader parent, string name, [NotNullWhen(true)] out ElementReader? element)
    {
        bool found = parent.TryTake(DuisNames.Ra, name, out element);
        element?.Only();
        return found;
    }

    private static string? OptionalReferences(ElementReader parent, XNamespace space)
    {
        bool hasReference = parent.TryTake(space, "ServiceReference", out ElementReader? reference);
        bool hasVariant = parent.TryTake(space, "ServiceReferenceVariant", out ElementReader? variant);
        if (hasReference != hasVariant)
        {
            throw (reference ?? variant)!.Fault("found a reference without its variant, or the other way about; allowed: both or neither");
        }

        return hasReference ? MessageParts.Pair(reference!.Only(), variant!.Only()).Srv : null;
    }

    private static uint? Throttled(ElementReader parent, string name) =>
        parent.TryTake(DuisNames.Sr, name, out ElementReader? element) ? (uint)element.Only().Integer(0, uint.MaxValue) : null;

    private static ulong? Counter(ElementReader parent, string name) =>
        parent.TryTake(DuisNames.Ra, name, out ElementReader? element) ? element.Only().Counter() : null;

    private static Smets1ResponseMessage Payload(ElementReader payload, Smets1ResponseMessage message)
    {
        List<string> gbcs = [];
        while (payload.TryTake(DuisNames.Ra, "GBCSData", out ElementReader? data))
        {
            gbcs.Add(DuisXmlText.Fragment(data.Element));
        }

        SrvResponseBody? body = null;
        if (payload.TryTake(DuisNames.Ra, "SMETSData", out ElementReader? smets))
        {
            body = Body(smets.Only().TakeAny(DuisNames.Ra, "a response element"));
            smets.End();
        }

        IReadOnlyList<Smets1Debug> debug = payload.TryTake(DuisNames.Ra, "DebugInfo", out ElementReader? info) ? Debug(info.Only()) : [];
        payload.End();
        return message with { GbcsDataXml = gbcs, Body = body, DebugInfo = debug };
    }

    private static SrvResponseBody Body(ElementReader element)
    {
        bool? success = element.BooleanAttribute(SrvResponseBody.MessageSuccessPath);
        if (BodyFormats.TryFindResponse(element.LocalName, out BodyFormat? format))
        {
            SrvResponseBody body = format.ReadResponse(element.Only(SrvResponseBody.MessageSuccessPath));
            element.End();
            return body with { MessageSuccess = success };
        }

        return SrvCatalogue.Entries.Any(entry => entry.ResponseElement == element.LocalName)
            ? new UnmodelledResponseBody(element.LocalName, DuisXmlText.Fragment(element.Element)) { MessageSuccess = success }
            : throw element.Fault($"found element '{element.LocalName}'; allowed is the response element of a variant of the catalogue");
    }

    private static List<Smets1Debug> Debug(ElementReader info)
    {
        ElementReader debug = info.Take(DuisNames.Ra, "SMETS1Debug").Only();
        info.End();
        List<Smets1Debug> entries = [];
        while (debug.TryTake(DuisNames.Ra, "SMETS1Response", out ElementReader? response))
        {
            long code = response.Only("ResponseCode", "Position").IntegerAttribute("ResponseCode");
            long position = response.IntegerAttribute("Position", min: 1);
            ElementReader error = response.Take(DuisNames.Ra, "Error").Only();
            if (error.Text().Length > Smets1Debug.MaxErrorCharacters)
            {
                throw error.Fault($"found {error.Text().Length} characters; allowed are {Smets1Debug.MaxErrorCharacters}");
            }

            response.End();
            entries.Add(new Smets1Debug(code, position, error.Text()));
        }

        debug.End();
        return entries;
    }

    private static IEnumerable<XElement?> HeaderContent(Smets1Header header)
    {
        yield return new XElement(DuisNames.Ra + "BusinessOriginatorID", header.BusinessOriginatorId.ToString());
        yield return new XElement(DuisNames.Ra + "BusinessTargetID", header.BusinessTargetId.ToString());
        yield return Number(DuisNames.Ra + "OriginatorCounter", header.OriginatorCounter);
        yield return header.SupplementaryRemotePartyId is { } party
            ? new XElement(DuisNames.Ra + "SupplementaryRemotePartyID", party.ToString())
            : null;
        yield return Number(DuisNames.Ra + "SupplementaryRemotePartyCounter", header.SupplementaryRemotePartyCounter);
        yield return Number(DuisNames.Ra + "SupplementaryOriginatorCounter", header.SupplementaryOriginatorCounter);
        yield return header.GbcsHexadecimalMessageCode is { } code ? new XElement(DuisNames.Ra + "GBCSHexadecimalMessageCode", code) : null;
        if (header.ServiceReferenceVariant is { } variant)
        {
            foreach (XElement reference in MessageParts.References(DuisNames.Ra, variant))
            {
                yield return reference;
            }
        }

        if (header.Timestamp is { } time)
        {
            yield return new XElement(
                DuisNames.Ra + "Timestamp",
                time.IsFromGsme is { } gsme ? new XAttribute("isFromGSME", DuisText.Boolean(gsme)) : null,
                time.ClockStatus is { } status ? new XAttribute("ClockStatus", status) : null,
                DuisText.Time(time.Value));
        }
    }

    private static XElement WritePayload(Smets1ResponseMessage message) => new(
        DuisNames.Sr + "ResponseMessage",
        message.GbcsDataXml.Select(DuisXmlText.Element),
        message.Body is null ? null : new XElement(DuisNames.Ra + "SMETSData", WriteBody(message.Body)),
        message.DebugInfo.Count == 0
            ? null
            : new XElement(DuisNames.Ra + "DebugInfo", new XElement(DuisNames.Ra + "SMETS1Debug", message.DebugInfo.Select(WriteDebug))));

    private static XElement WriteBody(SrvResponseBody body)
    {
        if (body is UnmodelledResponseBody unmodelled)
        {
            XElement element = DuisXmlText.Element(unmodelled.Xml);
            element.SetAttributeValue(
                SrvResponseBody.MessageSuccessPath, body.MessageSuccess is { } stated ? DuisText.Boolean(stated) : null);
            return element;
        }

        return BodyFormats.TryFindResponse(body.ElementName, out BodyFormat? format)
            ? new XElement(
                DuisNames.Ra + body.ElementName,
                body.MessageSuccess is { } success ? new XAttribute(SrvResponseBody.MessageSuccessPath, DuisText.Boolean(success)) : null,
                format.WriteResponse(body))
            : throw new ArgumentException($"no format for {body.ElementName}", nameof(body));
    }

    private static XElement WriteDebug(Smets1Debug debug) => new(
        DuisNames.Ra + "SMETS1Response",
        new XAttribute("ResponseCode", debug.ResponseCode.ToString(CultureInfo.InvariantCulture)),
        new XAttribute("Position", debug.Position.ToString(CultureInfo.InvariantCulture)),
        new XElement(DuisNames.Ra + "Error", DuisXmlText.Shortened(debug.Error, Smets1Debug.MaxErrorCharacters)));

    private static XElement? Number(XName name, ulong? value) =>
        value is { } number ? new XElement(name, number.ToString(CultureInfo.InvariantCulture)) : null;
}
