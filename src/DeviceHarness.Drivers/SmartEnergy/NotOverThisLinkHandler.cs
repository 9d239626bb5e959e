using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>Says of a variant that Smart Energy does not carry it to this device, and where it goes instead. Nothing is sent: the device is
/// not to blame.</summary>
/// <param name="reason">Why, and where it goes.</param>
internal sealed class NotOverThisLinkHandler(string reason) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals { get; } = new Dictionary<SrvRefusal, string>();

    /// <inheritdoc/>
    internal override Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        Task.FromResult(new DeviceOutcome(
            DeviceOutcomeKind.NotOverThisLink, null, $"{body.ServiceReferenceVariant} is not over this link: {reason}", null, null));

    /// <inheritdoc/>
    internal override SrvResponseBody? Refused() => null;
}
