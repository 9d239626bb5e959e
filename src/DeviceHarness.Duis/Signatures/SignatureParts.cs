using System.Globalization;
using System.Numerics;
using System.Xml;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Duis.Signatures;

/// <summary>A signature's parts, read strictly: whatever is not of the one form that DUIS uses is refused.</summary>
/// <remarks>One reference to the whole element: no other content can be slipped under a signature that covers something else.</remarks>
internal sealed class SignatureParts
{
    private const int MaxSerialDigits = 64;

    private SignatureParts(XmlElement signedInfo, bool exclusive, byte[] digest, byte[] value, XmlSigner signer)
    {
        SignedInfo = signedInfo;
        Exclusive = exclusive;
        Digest = digest;
        Value = value;
        Signer = signer;
    }

    /// <summary>What the signature's value is over.</summary>
    public XmlElement SignedInfo { get; }

    /// <summary>Whether the content is canonicalised exclusively; otherwise inclusively, the default of XML signatures.</summary>
    public bool Exclusive { get; }

    /// <summary>The stated digest of the content.</summary>
    public byte[] Digest { get; }

    /// <summary>r and s.</summary>
    public byte[] Value { get; }

    /// <summary>Whom the signature names.</summary>
    public XmlSigner Signer { get; }

    /// <summary>Reads a signature.</summary>
    /// <exception cref="SignatureFormException">It is of another form.</exception>
    public static SignatureParts Read(XmlElement signature)
    {
        XmlElement[] parts = Children(signature, "SignedInfo", "SignatureValue", "KeyInfo");
        XmlElement[] info = Children(parts[0], "CanonicalizationMethod", "SignatureMethod", "Reference");
        Algorithm(info[0], SignatureAlgorithms.ExclusiveC14N);
        Algorithm(info[1], SignatureAlgorithms.EcdsaSha256);
        if (!info[2].HasAttribute("URI") || info[2].GetAttribute("URI").Length > 0 || info[2].Attributes.Count > 1)
        {
            throw new SignatureFormException("Reference: allowed is the attribute URI, empty, alone: the whole signed element");
        }

        XmlElement[] reference = Children(info[2], "Transforms", "DigestMethod", "DigestValue");
        bool exclusive = Transforms(reference[0]);
        Algorithm(reference[1], SignatureAlgorithms.Sha256);
        byte[] digest = Octets(reference[2], 32);
        byte[] value = Octets(parts[1], EcdsaP256.SignatureOctets);
        return new SignatureParts(parts[0], exclusive, digest, value, SignerOf(parts[2]));
    }

    /// <summary>Whom a signature names, whatever else it holds; null when it names nobody.</summary>
    public static XmlSigner? NamedSigner(XmlElement signature)
    {
        try
        {
            return signature["KeyInfo", DuisSchema.Signature] is { } keyInfo ? SignerOf(keyInfo) : null;
        }
        catch (SignatureFormException)
        {
            // Of another form: then it is nobody whose certificate could be held.
            return null;
        }
    }

    private static XmlSigner SignerOf(XmlElement keyInfo)
    {
        XmlElement data = Children(keyInfo, "X509Data")[0];
        XmlElement[] serial = Children(Children(data, "X509IssuerSerial")[0], "X509IssuerName", "X509SerialNumber");
        string name = Text(serial[0]).Trim();
        string number = Text(serial[1]).Trim();
        return name.Length > 0
            && number.Length <= MaxSerialDigits
            && BigInteger.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger value)
            ? new XmlSigner(name, value)
            : throw new SignatureFormException("X509IssuerSerial: allowed is a name and a decimal number of at most 64 digits");
    }

    private static bool Transforms(XmlElement transforms)
    {
        XmlElement[] steps = Elements(transforms);
        if (steps.Length is < 1 or > 2 || steps.Any(step => !Is(step, "Transform")))
        {
            throw new SignatureFormException("Transforms: allowed is enveloped-signature, after it exclusive canonicalisation or nothing");
        }

        Algorithm(steps[0], SignatureAlgorithms.Enveloped);
        if (steps.Length == 2)
        {
            Algorithm(steps[1], SignatureAlgorithms.ExclusiveC14N);
        }

        return steps.Length == 2;
    }

    private static XmlElement[] Children(XmlElement parent, params ReadOnlySpan<string> names)
    {
        XmlElement[] elements = Elements(parent);
        bool fits = elements.Length == names.Length;
        for (int index = 0; fits && index < elements.Length; index++)
        {
            fits = Is(elements[index], names[index]);
        }

        return fits ? elements : throw new SignatureFormException($"{parent.LocalName}: allowed are exactly {string.Join(", ", names)}");
    }

    private static bool Is(XmlElement element, string localName) =>
        element.LocalName == localName && element.NamespaceURI == DuisSchema.Signature;

    private static XmlElement[] Elements(XmlElement parent)
    {
        List<XmlElement> elements = [];
        foreach (XmlNode node in parent.ChildNodes)
        {
            if (node is XmlElement element)
            {
                elements.Add(element);
            }
            else if (node is not (XmlWhitespace or XmlSignificantWhitespace))
            {
                throw new SignatureFormException($"{parent.LocalName}: found a {node.NodeType}; allowed are elements and white space");
            }
        }

        return [.. elements];
    }

    private static void Algorithm(XmlElement element, string allowed)
    {
        if (element.GetAttribute("Algorithm") != allowed || element.Attributes.Count != 1 || element.HasChildNodes)
        {
            throw new SignatureFormException($"{element.LocalName}: allowed is {allowed} without parameters");
        }
    }

    private static string Text(XmlElement element) =>
        element.ChildNodes.OfType<XmlNode>().All(node => node is XmlText or XmlWhitespace or XmlSignificantWhitespace)
            ? element.InnerText
            : throw new SignatureFormException($"{element.LocalName}: allowed is text alone");

    private static byte[] Octets(XmlElement element, int length)
    {
        string text = Text(element);
        byte[] octets = new byte[length];
        bool isShort = text.Length <= 8 * length;
        return isShort
            && Convert.TryFromBase64String(text, octets, out int count)
            && count == length
            && Convert.ToBase64String(octets) == string.Concat(text.Where(character => !char.IsWhiteSpace(character)))
            ? octets
            : throw new SignatureFormException($"{element.LocalName}: allowed are {length} octets in base64");
    }
}
