using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
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
    private const string Mode = "NetworkOperatorByNetworkOperator";
    private const string RetrieveAnswer = "RetrieveDeviceSecurityCredentialsKRPRsp";

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
    /// <param name="otherwise">Who owns what is no certificate; null refuses that.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>What they hold then; null when nothing was placed.</returns>
    public static DeviceOwnership? Serve(
        UnmodelledRequestBody body, DeviceOwnership? ownership, bool reachesServiceProvider, Eui64? otherwise,
        out UnmodelledResponseBody answer)
    {
        if (body.Variant == Retrieve)
        {
            answer = Tell(ownership?.ServiceProviderCopy ?? ownership?.NetworkOperatorCertificate);
            return null;
        }

        Eui64? owner = CertificateAnswers.SigningOwner(DuisXmlText.Element(body.Xml)) ?? otherwise;
        answer = CertificateAnswers.Replaced(ReplaceAnswer, Mode, Role, ownership?.NetworkOperatorCertificate, owner);
        return owner is { } known ? (ownership ?? new DeviceOwnership()).WithNetworkOperator(known, reachesServiceProvider) : null;
    }

    private static UnmodelledResponseBody Tell(Eui64? holder)
    {
        XElement details = new(
            DuisNames.Ra + "RemotePartyDetails",
            new XElement(DuisNames.Ra + "RemotePartyRole", Role),
            CertificateAnswers.StatusOf(holder is null ? NotFound : CertificateAnswers.Success),
            holder is null ? null : new XElement(DuisNames.Ra + "CertificateUsage", "DigitalSigning"),
            holder is { } known ? new XElement(DuisNames.Ra + "ExistingRemotePartyID", known.ToString()) : null);
        XElement element = new(DuisNames.Ra + RetrieveAnswer, details);
        return new UnmodelledResponseBody(RetrieveAnswer, DuisXmlText.Fragment(element)) { MessageSuccess = true };
    }

    private static IEnumerable<string> RolesIn(UnmodelledRequestBody request) =>
        DuisXmlText.Element(request.Xml).Elements(DuisNames.Sr + "RemotePartyRole").Select(element => element.Value.Trim());
}
