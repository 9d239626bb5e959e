using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 11.1 on one device: delivers an image and has the device verify it. What runs does not change.</summary>
/// <remarks>The request has no response of its own: the answer is the alert that the device's verification causes. Where nothing was
/// verified there is no alert, and the reason is the outcome's detail.</remarks>
[Srv(UpdateFirmware.Variant)]
internal class UpdateFirmwareHandler(IFirmwareStore firmware, TimeProvider timeProvider) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfTransfer;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        UpdateFirmware request = (UpdateFirmware)body;
        FirmwareDelivery delivery = await firmware.DeliverAsync(
            request.FirmwareImage, request.FirmwareVersion, request.Delivery, cancellationToken).ConfigureAwait(false);
        FirmwareVerificationAlert? alert = delivery.Result is FirmwareDeliveryResult.Verified or FirmwareDeliveryResult.VerificationFailed
            ? new FirmwareVerificationAlert(
                delivery.Result == FirmwareDeliveryResult.Verified, timeProvider.GetUtcNow(), request.FirmwareImage.Hash)
            : null;
        return delivery.Result == FirmwareDeliveryResult.Verified
            ? new DeviceOutcome(DeviceOutcomeKind.Done, alert, delivery.Detail, null, null)
            : new DeviceOutcome(DeviceOutcomeKind.Refused, alert, delivery.Detail, TransferCode(delivery.Result), null);
    }

    /// <inheritdoc/>
    internal override SrvResponseBody? Refused() => null;

    /// <summary>The transfer result codes of the public GBCS parser: 1 image discarded, 2 hardware version mismatch, 3 transfer
    /// failure.</summary>
    internal static int TransferCode(FirmwareDeliveryResult result) => result switch
    {
        FirmwareDeliveryResult.ImageRejected => 1,
        FirmwareDeliveryResult.VerificationFailed => 1,
        FirmwareDeliveryResult.HardwareVersionMismatch => 2,
        _ => 3,
    };
}
