using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Service;

/// <summary>6.15.1 and 6.24.1 for the network operator's certificate. No SMETS1 device holds it: the Data Service Provider and the SMETS1
/// Service Provider do by proxy, and answer for it. A later device holds it itself, and the inventory stands for its slot.</summary>
/// <remarks>That they hold it is from SEC modification DP107. That the certificate is judged by the EUI-64 of its subject alone, its path
/// not looked at, is this harness's simplification. Codes: the public GBCS parser of the DCC.</remarks>
internal static class OperatorCertificates
{
    private const string Replace = "6.15.1";
    private const string Retrieve = "6.24.1";
    private const string Role = "NetworkOperator";
    private const string ReplaceAnswer = "UpdateSecurityCredentialsKRPRsp";
    private const string RetrieveAnswer = "RetrieveDeviceSecurityCredentialsKRPRsp";

    private static readonly Asn1Status Success = new("success", 0);
    private static readonly Asn1Status BadCertificate = new("badCertificate", 5);
    private static readonly Asn1Status NotFound = new("trustAnchorNotFound", 25);

    /// <summary>What is left out, and so assumed, when a later device is asked.</summary>
    public const string LaterDeviceAssumption =
        "assumption smets2-at-once: the device is later than SMETS1; the pre-command, its signature and the GBCS messages are left out, "
        + "the request is carried out at once, and the answer is what Parse and Correlate would make of the device's";

    private static readonly int[] LaterVariants = [1, 4];

    /// <summary>Whether a request is one that is answered here: for a SMETS1 device by the proxies, for a later one, where the inventory
    /// holds whose certificate it has, by that.</summary>
    public static bool IsFor(DuisRequest request, InventoryDevice device) =>
        (device.Smets1
            || (device.Ownership?.NetworkOperatorCertificate is not null && LaterVariants.Contains(request.CommandVariant)))
        && request.Body is UnmodelledRequestBody { Variant: Replace or Retrieve } body && RolesIn(body).SequenceEqual([Role]);

    /// <summary>Places the certificate, or says why not; or tells whose the SMETS1 Service Provider holds.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="ownership">What the proxies hold; null when nothing is known.</param>
    /// <param name="reachesServiceProvider">Whether the SMETS1 Service Provider takes a new one.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>What they hold then; null when nothing was placed.</returns>
    public static DeviceOwnership? Serve(
        UnmodelledRequestBody body, DeviceOwnership? ownership, bool reachesServiceProvider, out UnmodelledResponseBody answer)
    {
        if (body.Variant == Retrieve)
        {
            answer = Tell(ownership?.ServiceProviderCopy ?? ownership?.NetworkOperatorCertificate);
            return null;
        }

        XElement request = DuisXmlText.Element(body.Xml);
        Eui64? owner = OwnerOf(Value(request, "DigitalSigningCertificate"));
        answer = Respond(owner is null ? BadCertificate : Success, ownership?.NetworkOperatorCertificate, owner);
        return owner is { } known ? (ownership ?? new DeviceOwnership()).WithNetworkOperator(known, reachesServiceProvider) : null;
    }

    private static UnmodelledResponseBody Respond(Asn1Status status, Eui64? before, Eui64? after)
    {
        XElement outcome = new(
            DuisNames.Ra + "ReplacementOutcome",
            StatusOf(status),
            new XElement(DuisNames.Ra + "CertificateType", "DigitalSigning"),
            new XElement(DuisNames.Ra + "RemotePartyRole", Role),
            before is { } old ? new XElement(DuisNames.Ra + "ExistingRemotePartyID", old.ToString()) : null,
            after is { } now ? new XElement(DuisNames.Ra + "NewRemotePartyID", now.ToString()) : null);
        XElement element = new(
            DuisNames.Ra + ReplaceAnswer,
            new XElement(
                DuisNames.Ra + "ExecutionOutcome",
                new XElement(DuisNames.Ra + "CredentialsReplacementMode", "NetworkOperatorByNetworkOperator"),
                outcome));
        return new UnmodelledResponseBody(ReplaceAnswer, DuisXmlText.Fragment(element)) { MessageSuccess = status == Success };
    }

    private static UnmodelledResponseBody Tell(Eui64? holder)
    {
        XElement details = new(
            DuisNames.Ra + "RemotePartyDetails",
            new XElement(DuisNames.Ra + "RemotePartyRole", Role),
            StatusOf(holder is null ? NotFound : Success),
            holder is null ? null : new XElement(DuisNames.Ra + "CertificateUsage", "DigitalSigning"),
            holder is { } known ? new XElement(DuisNames.Ra + "ExistingRemotePartyID", known.ToString()) : null);
        XElement element = new(DuisNames.Ra + RetrieveAnswer, details);
        return new UnmodelledResponseBody(RetrieveAnswer, DuisXmlText.Fragment(element)) { MessageSuccess = true };
    }

    private static XElement StatusOf(Asn1Status status) => new(
        DuisNames.Ra + "StatusCode",
        new XAttribute("ResponseCode", status.ResponseCode.ToString(CultureInfo.InvariantCulture)),
        new XElement(DuisNames.Ra + "ASN1Status", status.Name));

    private static IEnumerable<string> RolesIn(UnmodelledRequestBody request) =>
        DuisXmlText.Element(request.Xml).Elements(DuisNames.Sr + "RemotePartyRole").Select(element => element.Value.Trim());

    private static string? Value(XElement request, string name) => request.Descendants(DuisNames.Sr + name).FirstOrDefault()?.Value.Trim();

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
