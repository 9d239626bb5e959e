using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Service;

/// <summary>The answers about certificates that are kept for a device.</summary>
/// <remarks>Codes: the public GBCS parser of the DCC.</remarks>
internal static class CertificateAnswers
{
    private static readonly Asn1Status BadCertificate = new("badCertificate", 5);

    /// <summary>It was done.</summary>
    public static Asn1Status Success { get; } = new("success", 0);

    /// <summary>Whose digital signing certificate a request brings.</summary>
    /// <returns>The EUI-64 of its subject; null when it is no certificate of a key on P-256, or names none.</returns>
    public static Eui64? SigningOwner(XElement request) =>
        OwnerOf(request.Descendants(DuisNames.Sr + "DigitalSigningCertificate").FirstOrDefault()?.Value.Trim());

    /// <summary>What became of a replacement.</summary>
    /// <param name="answer">The answer's element.</param>
    /// <param name="mode">The mode of the replacement, as the MMC schema names it.</param>
    /// <param name="role">The role of the remote party.</param>
    /// <param name="before">Whose certificate was held; null when that is not known.</param>
    /// <param name="after">Whose certificate was brought; null for one that is none, which is not placed.</param>
    public static UnmodelledResponseBody Replaced(string answer, string mode, string role, Eui64? before, Eui64? after)
    {
        XElement outcome = new(
            DuisNames.Ra + "ReplacementOutcome",
            StatusOf(after is null ? BadCertificate : Success),
            new XElement(DuisNames.Ra + "CertificateType", "DigitalSigning"),
            new XElement(DuisNames.Ra + "RemotePartyRole", role),
            before is { } old ? new XElement(DuisNames.Ra + "ExistingRemotePartyID", old.ToString()) : null,
            after is { } now ? new XElement(DuisNames.Ra + "NewRemotePartyID", now.ToString()) : null);
        XElement element = new(
            DuisNames.Ra + answer,
            new XElement(
                DuisNames.Ra + "ExecutionOutcome", new XElement(DuisNames.Ra + "CredentialsReplacementMode", mode), outcome));
        return new UnmodelledResponseBody(answer, DuisXmlText.Fragment(element)) { MessageSuccess = after is not null };
    }

    /// <summary>A status with its number.</summary>
    public static XElement StatusOf(Asn1Status status) => new(
        DuisNames.Ra + "StatusCode",
        new XAttribute("ResponseCode", status.ResponseCode.ToString(CultureInfo.InvariantCulture)),
        new XElement(DuisNames.Ra + "ASN1Status", status.Name));

    private static Eui64? OwnerOf(string? base64)
    {
        if (base64 is null)
        {
            return null;
        }

        byte[] octets = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, octets, out int written))
        {
            return null;
        }

        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(octets.AsSpan(0, written));
            return new XmlSignerCertificate(certificate).Owner;
        }
        catch (CryptographicException)
        {
            // What the User sent is no certificate of a key on P-256: the answer says badCertificate.
            return null;
        }
    }
}
