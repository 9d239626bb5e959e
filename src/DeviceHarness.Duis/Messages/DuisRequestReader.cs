using System.Globalization;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Messages;

/// <summary>Reads Service Requests.</summary>
public static class DuisRequestReader
{
    /// <summary>Reads one request, whatever prefixes, white space, comments and order of attributes its author chose.</summary>
    /// <param name="xml">The whole message.</param>
    /// <returns>The request, with warnings for another schema version and for a signature, which is not checked.</returns>
    /// <exception cref="DuisFormatException">The text is not a Service Request of the catalogue: path, line and column say
    /// where.</exception>
    /// <remarks>Spec: DUIS XML schema 5.4, Request. The schema does not tie the body to the variant; this reader does.</remarks>
    public static DuisReading<DuisRequest> Read(string xml) => Read(xml, RequestSignaturePolicy.NotChecked, [], default);

    /// <summary>Reads one request and checks its signature.</summary>
    /// <param name="xml">The whole message as it came, no white space changed.</param>
    /// <param name="policy">What becomes of the signature.</param>
    /// <param name="signers">The certificates of known Users.</param>
    /// <param name="now">The time that a certificate's dates are held against.</param>
    /// <returns>The request, with warnings for another schema version, for a signature that was not checked, and for a certificate out of
    /// date.</returns>
    /// <exception cref="DuisFormatException">The text is not a Service Request of the catalogue, or its signature is not what the policy
    /// allows: path, line and column say where.</exception>
    public static DuisReading<DuisRequest> Read(
        string xml, RequestSignaturePolicy policy, IReadOnlyCollection<XmlSignerCertificate> signers, DateTimeOffset now)
    {
        List<string> warnings = [];
        ElementReader root = ElementReader.Root(xml, DuisNames.Sr, "Request").Only(MessageParts.VersionAttribute);
        string version = MessageParts.Version(root, warnings);
        ElementReader header = root.Take(DuisNames.Sr, "Header").Only();
        RequestId id = header.Take(DuisNames.Sr, "RequestID").Only().Id();
        bool? first = header.TryTake(DuisNames.Sr, "FirstInSequence", out ElementReader? sequence) ? sequence.Only().Boolean() : null;
        RequestId? preceding = header.TryTake(DuisNames.Sr, "PrecedingServiceRequestID", out ElementReader? before)
            ? before.Only().Id()
            : null;
        int variant = (int)header.Take(DuisNames.Sr, "CommandVariant").Only()
            .Integer(DuisRequest.MinCommandVariant, DuisRequest.MaxCommandVariant);
        SrvEntry entry = MessageParts.References(header);
        header.End();
        ElementReader body = root.Take(DuisNames.Sr, "Body").Only();
        SrvRequestBody content = Content(body.TakeAny(DuisNames.Sr, $"element '{entry.RequestElement}'"), entry);
        body.End();
        bool signed = root.TryTake(DuisNames.Ds, "Signature", out ElementReader? signature);
        root.End();
        if (new RequestSignatureCheck(policy, signers, now).Doubt(xml, root, signature, id) is { } doubt)
        {
            warnings.Add(doubt);
        }

        DuisRequest request = new(id, variant, content)
        {
            SchemaVersion = version,
            FirstInSequence = first,
            PrecedingServiceRequestId = preceding,
            Signed = signed,
        };
        return new DuisReading<DuisRequest>(request, warnings);
    }

    private static SrvRequestBody Content(ElementReader element, SrvEntry entry)
    {
        if (element.LocalName == "SignedPreCommand" && entry.Criticality == SrvCriticality.Critical)
        {
            return PreCommand(element.Only(), entry);
        }

        if (element.LocalName != entry.RequestElement)
        {
            throw element.Fault(string.Create(
                CultureInfo.InvariantCulture,
                $"found element '{element.LocalName}'; allowed for service reference variant {entry.Srv}: '{entry.RequestElement}'"));
        }

        if (!BodyFormats.TryFind(entry.Srv, out BodyFormat? format))
        {
            return new UnmodelledRequestBody(entry.Srv, element.LocalName, DuisXmlText.Fragment(element.Element));
        }

        SrvRequestBody body = format.ReadRequest(element.Only());
        element.End();
        return body;
    }

    private static SignedPreCommand PreCommand(ElementReader element, SrvEntry entry)
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        ElementReader payload = element.Take(DuisNames.Sr, "GBCSPayload").Only();
        string text = payload.Token();
        byte[] octets = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, octets, out int count) || count == 0)
        {
            throw payload.Fault("found text that is not base64; allowed is a signed command");
        }

        element.End();
        return new SignedPreCommand(entry.Srv, text, execution);
    }
}
