using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Service;

/// <summary>6.23, the change of supplier, for a SMETS1 device: no such device holds certificates, so the SMETS1 Service Provider keeps the
/// one that it was told of and answers.</summary>
/// <remarks>That it does is from the defined terms of the SMETS1 Supporting Requirements, second-hand. Of the certificates the digital
/// signing one alone is looked at, by the EUI-64 of its subject; path, floor counters, the change of supplier party's own checks, the
/// meter point and a future date are left out. The name of the mode is the MMC schema's.</remarks>
internal static class SupplierCertificates
{
    private const string ChangeOfSupplier = "6.23";
    private const string Role = "Supplier";
    private const string Answer = "UpdateSecurityCredentialsCoSRsp";
    private const string Mode = "SupplierByTransCoS";

    /// <summary>Whether a request is one that is answered here.</summary>
    public static bool IsFor(DuisRequest request, InventoryDevice device) =>
        device.Smets1 && request.Body is UnmodelledRequestBody { Variant: ChangeOfSupplier };

    /// <summary>Whether a body is that of such a request.</summary>
    public static bool Is(UnmodelledRequestBody body) => body.Variant == ChangeOfSupplier;

    /// <summary>Keeps whose certificate it is, or says why not.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="ownership">What the service provider holds; null when nothing is known.</param>
    /// <param name="otherwise">Who owns what is no certificate; null refuses that.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>What it holds then; null when nothing was placed.</returns>
    public static DeviceOwnership? Serve(
        UnmodelledRequestBody body, DeviceOwnership? ownership, Eui64? otherwise, out UnmodelledResponseBody answer)
    {
        Eui64? owner = CertificateAnswers.SigningOwner(DuisXmlText.Element(body.Xml)) ?? otherwise;
        answer = CertificateAnswers.Replaced(Answer, Mode, Role, ownership?.SupplierCertificate, owner);
        return owner is { } known ? (ownership ?? new DeviceOwnership()) with { SupplierCertificate = known } : null;
    }
}
