using System.Globalization;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Signatures;

/// <summary>Signs messages and checks their signatures.</summary>
/// <remarks>Spec: XML Signature Syntax and Processing, and the DUIS XML schema: enveloped as the last child, one reference with an empty
/// URI, SHA-256, SignedInfo canonicalised exclusively, ECDSA with SHA-256 on P-256, X509IssuerSerial. The form is that of the DCC's
/// published signing tool: a whole message is digested in inclusive canonical form. A SMETS1SignedResponse is signed as a document of its
/// own and digested in exclusive form, so that the message around it does not matter; that this is how a SMETS1 Service Provider does it
/// is an assumption.</remarks>
public static class XmlSignature
{
    /// <summary>The most namespace declarations in a message whose signature is looked at.</summary>
    public const int MaxNamespaceDeclarations = 256;

    private const string Prefix = "ds";
    private static readonly string[] SignedResponsePath = ["Body", "SMETS1ResponseMessage", "SMETS1SignedResponse"];

    /// <summary>Signs a whole message. A signature that it carries already is replaced.</summary>
    /// <returns>The message with all its white space, and the signature as the root's last child.</returns>
    /// <exception cref="DuisFormatException">The text is not well-formed, declares a document type, or passes a limit.</exception>
    public static string Sign(string xml, IXmlSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        XmlDocument document = DuisXmlParser.ParseDocument(xml);
        Append(document.DocumentElement!, document, exclusive: false, key);
        return DuisXmlText.Exact(document);
    }

    /// <summary>Signs a SMETS1 answer as the SMETS1 Service Provider: its SMETS1SignedResponse alone.</summary>
    /// <returns>The message with all its white space; unchanged when it holds no SMETS1SignedResponse.</returns>
    /// <exception cref="DuisFormatException">The text is not well-formed, declares a document type, or passes a limit.</exception>
    public static string SignSmets1(string responseXml, IXmlSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        XmlDocument document = DuisXmlParser.ParseDocument(responseXml);
        if (SignedResponse(document) is not { } element)
        {
            return responseXml;
        }

        RemoveSignatures(element);
        Append(element, Canonical.Alone(element), exclusive: true, key);
        return DuisXmlText.Exact(document);
    }

    /// <summary>Checks the signature over a whole message.</summary>
    /// <param name="xml">The message as it came, no white space changed.</param>
    /// <param name="known">The certificates of known signers.</param>
    /// <exception cref="DuisFormatException">The text is not well-formed, declares a document type, or passes a limit.</exception>
    public static XmlSignatureResult Verify(string xml, IReadOnlyCollection<XmlSignerCertificate> known) =>
        Verify(DuisXmlParser.ParseDocument(xml), known);

    /// <summary>Checks the SMETS1 Service Provider's signature inside a response.</summary>
    /// <param name="responseXml">The response as it came, no white space changed.</param>
    /// <param name="known">The certificates of known signers.</param>
    /// <returns>Absent when there is no SMETS1SignedResponse.</returns>
    /// <exception cref="DuisFormatException">The text is not well-formed, declares a document type, or passes a limit.</exception>
    public static XmlSignatureResult VerifySmets1(string responseXml, IReadOnlyCollection<XmlSignerCertificate> known) =>
        SignedResponse(DuisXmlParser.ParseDocument(responseXml)) is { } element
            ? Verify(Canonical.Alone(element), known)
            : Absent;

    private static XmlSignatureResult Absent { get; } = new(XmlSignatureState.Absent, null, string.Empty, null);

    private static XmlSignatureResult Verify(XmlDocument document, IReadOnlyCollection<XmlSignerCertificate> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        XmlElement root = document.DocumentElement!;
        XmlElement[] signatures = Signatures(root);
        if (signatures.Length == 0)
        {
            return Absent;
        }

        if (signatures.Length > 1 || root.ChildNodes.OfType<XmlElement>().Last() != signatures[0])
        {
            string reason = $"{root.LocalName}: allowed is one Signature, its last child";
            return new XmlSignatureResult(XmlSignatureState.Broken, null, reason, null);
        }

        XmlSigner? signer = SignatureParts.NamedSigner(signatures[0]);
        XmlSignerCertificate[] candidates = [.. known.Where(certificate => certificate.Signer == signer)];
        try
        {
            return Verify(document, signatures[0], candidates);
        }
        catch (SignatureFormException exception) when (candidates.Length > 0)
        {
            return new XmlSignatureResult(XmlSignatureState.Broken, signer, exception.Message, null);
        }
        catch (SignatureFormException exception)
        {
            string unknown = signer is null ? "it names no signer" : $"no certificate of {signer} is held";
            return new XmlSignatureResult(XmlSignatureState.NotChecked, signer, $"{unknown}; besides, {exception.Message}", null);
        }
    }

    private static XmlSignatureResult Verify(XmlDocument document, XmlElement signature, XmlSignerCertificate[] candidates)
    {
        BoundNamespaces(document.DocumentElement!);
        SignatureParts parts = SignatureParts.Read(signature);
        byte[] signedInfo = Canonical.Of(Canonical.Alone(parts.SignedInfo), exclusive: true);
        document.DocumentElement!.RemoveChild(signature);
        byte[] digest = SHA256.HashData(Canonical.Of(document, parts.Exclusive));
        if (!digest.AsSpan().SequenceEqual(parts.Digest))
        {
            throw new SignatureFormException("the content is not what was signed: another digest");
        }

        if (candidates.Length == 0)
        {
            return new XmlSignatureResult(
                XmlSignatureState.NotChecked, parts.Signer, $"no certificate of {parts.Signer} is held; its digest is right", null);
        }

        return Array.Find(candidates, certificate => certificate.Verifies(signedInfo, parts.Value)) is { } signer
            ? new XmlSignatureResult(XmlSignatureState.Valid, parts.Signer, string.Empty, signer)
            : throw new SignatureFormException($"the value is not a signature by the key of {parts.Signer}");
    }

    /// <summary>Signs content and puts the signature at the end of its element.</summary>
    /// <param name="element">The element in its message.</param>
    /// <param name="content">The document that is digested: the message, or the element alone.</param>
    /// <param name="exclusive">How it is digested.</param>
    /// <param name="key">The key.</param>
    private static void Append(XmlElement element, XmlDocument content, bool exclusive, IXmlSigningKey key)
    {
        RemoveSignatures(element);
        XmlDocument owner = element.OwnerDocument;
        byte[] digest = SHA256.HashData(Canonical.Of(content, exclusive));
        XmlElement signature = Element(owner, "Signature");
        signature.SetAttribute($"xmlns:{Prefix}", DuisSchema.Signature);
        XmlElement info = Add(signature, "SignedInfo");
        Algorithm(info, "CanonicalizationMethod", SignatureAlgorithms.ExclusiveC14N);
        Algorithm(info, "SignatureMethod", SignatureAlgorithms.EcdsaSha256);
        XmlElement reference = Add(info, "Reference");
        reference.SetAttribute("URI", string.Empty);
        XmlElement transforms = Add(reference, "Transforms");
        Algorithm(transforms, "Transform", SignatureAlgorithms.Enveloped);
        if (exclusive)
        {
            Algorithm(transforms, "Transform", SignatureAlgorithms.ExclusiveC14N);
        }

        Algorithm(reference, "DigestMethod", SignatureAlgorithms.Sha256);
        Add(reference, "DigestValue").InnerText = Convert.ToBase64String(digest);
        byte[] value = key.Sign(Canonical.Of(Canonical.Alone(info), exclusive: true));
        Add(signature, "SignatureValue").InnerText = Convert.ToBase64String(value);
        XmlElement serial = Add(Add(Add(signature, "KeyInfo"), "X509Data"), "X509IssuerSerial");
        Add(serial, "X509IssuerName").InnerText = key.Signer.IssuerName;
        Add(serial, "X509SerialNumber").InnerText = key.Signer.SerialNumber.ToString(CultureInfo.InvariantCulture);
        element.AppendChild(signature);
    }

    private static XmlElement? SignedResponse(XmlDocument document)
    {
        XmlElement? element = document.DocumentElement;
        foreach (string name in SignedResponsePath)
        {
            element = element?[name, DuisSchema.ServiceUserGateway];
        }

        return element;
    }

    private static XmlElement[] Signatures(XmlElement element) =>
    [
        .. element.ChildNodes.OfType<XmlElement>()
            .Where(child => child.LocalName == "Signature" && child.NamespaceURI == DuisSchema.Signature),
    ];

    private static void RemoveSignatures(XmlElement element)
    {
        foreach (XmlElement signature in Signatures(element))
        {
            element.RemoveChild(signature);
        }
    }

    /// <summary>Canonicalisation slows down with the namespaces in scope; a message declares a handful.</summary>
    private static void BoundNamespaces(XmlElement root)
    {
        int count = 0;
        foreach (XmlElement element in root.GetElementsByTagName("*").OfType<XmlElement>().Prepend(root))
        {
            count += element.Attributes.OfType<XmlAttribute>().Count(attribute => attribute.NamespaceURI == XNamespace.Xmlns.NamespaceName);
            if (count > MaxNamespaceDeclarations)
            {
                throw new SignatureFormException($"found more than {MaxNamespaceDeclarations} namespace declarations");
            }
        }
    }

    private static XmlElement Element(XmlDocument owner, string name) => owner.CreateElement(Prefix, name, DuisSchema.Signature);

    private static XmlElement Add(XmlElement parent, string name)
    {
        XmlElement child = Element(parent.OwnerDocument, name);
        parent.AppendChild(child);
        return child;
    }

    private static void Algorithm(XmlElement parent, string name, string algorithm) =>
        Add(parent, name).SetAttribute("Algorithm", algorithm);
}
