using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Messages;

/// <summary>Writes Service Requests, unsigned; <see cref="Signatures.XmlSignature.Sign"/> signs them for whoever holds a User's
/// key.</summary>
public static class DuisRequestWriter
{
    /// <summary>Writes one request.</summary>
    /// <returns>The message, indented, with an XML declaration.</returns>
    /// <exception cref="ArgumentException">The command variant is out of 1 to 9, or an unmodelled body is not the element that it claims
    /// to be.</exception>
    public static string Write(DuisRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.CommandVariant is < DuisRequest.MinCommandVariant or > DuisRequest.MaxCommandVariant)
        {
            throw new ArgumentException($"command variant {request.CommandVariant}; allowed are 1 to 9", nameof(request));
        }

        XElement root = new(
            DuisNames.Sr + "Request",
            new XAttribute(MessageParts.VersionAttribute, request.SchemaVersion),
            new XElement(DuisNames.Sr + "Header", Header(request)),
            new XElement(DuisNames.Sr + "Body", Body(request.Body)));
        DuisXmlText.Declare(root);
        return DuisXmlText.Write(root);
    }

    private static IEnumerable<XElement> Header(DuisRequest request)
    {
        yield return new XElement(DuisNames.Sr + "RequestID", request.Id.ToString());
        if (request.FirstInSequence is { } first)
        {
            yield return new XElement(DuisNames.Sr + "FirstInSequence", DuisText.Boolean(first));
        }

        if (request.PrecedingServiceRequestId is { } preceding)
        {
            yield return new XElement(DuisNames.Sr + "PrecedingServiceRequestID", preceding.ToString());
        }

        yield return new XElement(DuisNames.Sr + "CommandVariant", request.CommandVariant.ToString(CultureInfo.InvariantCulture));
        foreach (XElement reference in MessageParts.References(DuisNames.Sr, request.ServiceReferenceVariant))
        {
            yield return reference;
        }
    }

    private static XElement Body(SrvRequestBody body)
    {
        XName name = DuisNames.Sr + body.ElementName;
        switch (body)
        {
            case UnmodelledRequestBody unmodelled:
                XElement element = DuisXmlText.Element(unmodelled.Xml);
                return element.Name == name
                    ? element
                    : throw new ArgumentException($"the body's text is element '{element.Name}', not '{name}'", nameof(body));
            case SignedPreCommand command:
                XElement payload = new(DuisNames.Sr + "GBCSPayload", command.GbcsPayload);
                return new XElement(name, BodyFormats.ExecutionDateTime(command), payload);
            default:
                return BodyFormats.TryFind(body.ServiceReferenceVariant, out BodyFormat? format)
                    ? new XElement(name, format.WriteRequest(body))
                    : throw new ArgumentException($"no format for {body.ServiceReferenceVariant}", nameof(body));
        }
    }
}
