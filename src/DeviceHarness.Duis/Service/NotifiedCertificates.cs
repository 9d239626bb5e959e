using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Duis.Service;

/// <summary>The requests about certificates that are answered without a device: those of the network operator, and the change of
/// supplier.</summary>
internal static class NotifiedCertificates
{
    /// <summary>Whether a request is one of them.</summary>
    public static bool IsFor(DuisRequest request, InventoryDevice device) =>
        OperatorCertificates.IsFor(request, device) || SupplierCertificates.IsFor(request, device);

    /// <summary>Carries it out.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="ownership">What is held; null when nothing is known.</param>
    /// <param name="reachesServiceProvider">Whether the SMETS1 Service Provider takes a new certificate of the network operator.</param>
    /// <param name="otherwise">Who owns what is no certificate; null, as it should be, refuses that.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>What is held then; null when nothing was placed.</returns>
    public static DeviceOwnership? Serve(
        UnmodelledRequestBody body, DeviceOwnership? ownership, bool reachesServiceProvider, Eui64? otherwise,
        out UnmodelledResponseBody answer) =>
        SupplierCertificates.Is(body)
            ? SupplierCertificates.Serve(body, ownership, otherwise, out answer)
            : OperatorCertificates.Serve(body, ownership, reachesServiceProvider, otherwise, out answer);
}
