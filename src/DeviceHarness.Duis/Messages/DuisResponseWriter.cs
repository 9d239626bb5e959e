using System.Diagnostics;
using System.Xml.Linq;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Messages;

/// <summary>Writes Responses.</summary>
/// <remarks>Without signatures: whoever holds the keys adds them by <see cref="Signatures.XmlSignature"/>, the SMETS1 Service Provider's,
/// which the schema requires, before the service's.</remarks>
public static class DuisResponseWriter
{
    /// <summary>Writes one response.</summary>
    /// <returns>The message, indented, with an XML declaration.</returns>
    public static string Write(DuisResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        XElement root = new(
            DuisNames.Sr + "Response",
            new XAttribute(MessageParts.VersionAttribute, response.SchemaVersion),
            new XElement(
                DuisNames.Sr + "Header",
                response.RequestId is { } request ? new XElement(DuisNames.Sr + "RequestID", request.ToString()) : null,
                response.ResponseId is { } id ? new XElement(DuisNames.Sr + "ResponseID", id.ToString()) : null,
                new XElement(DuisNames.Sr + "ResponseCode", response.ResponseCode),
                new XElement(DuisNames.Sr + "ResponseDateTime", DuisText.Time(response.ResponseDateTime))),
            new XElement(DuisNames.Sr + "Body", Content(response.Content)));
        DuisXmlText.Declare(root);
        return DuisXmlText.Write(root);
    }

    private static XElement Content(DuisResponseContent content) => content switch
    {
        ResponseMessage message => new XElement(
            DuisNames.Sr + "ResponseMessage",
            MessageParts.References(DuisNames.Sr, message.ServiceReferenceVariant),
            message.DataXml is null ? null : DuisXmlText.Element(message.DataXml)),
        Smets1ResponseMessage smets1 => Smets1Format.Write(smets1),
        UnmodelledMessage unmodelled => DuisXmlText.Element(unmodelled.Xml),
        _ => throw new UnreachableException($"content {content.GetType().Name}"),
    };
}
