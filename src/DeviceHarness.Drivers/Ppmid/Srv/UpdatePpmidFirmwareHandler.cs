using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Srv;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Ppmid.Srv;

/// <summary>SRV 11.4 on one display of the network: it fetches the image block by block, verifies it, and is told to run it at
/// once.</summary>
/// <remarks>The request has no response of its own: the answer is the alert of what the display made of the image. Where it verified
/// nothing there is no alert, and the reason is the outcome's detail.</remarks>
/// <param name="firmware">The display's firmware.</param>
/// <param name="identity">Tells which of it runs.</param>
/// <param name="display">The display.</param>
/// <param name="timeProvider">The clock that alerts are stamped by.</param>
[Srv(UpdatePpmidFirmware.Variant)]
internal sealed class UpdatePpmidFirmwareHandler(
    IFirmwareStore firmware, IFirmwareIdentity identity, Eui64 display, TimeProvider timeProvider) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfCommand;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        UpdatePpmidFirmware request = (UpdatePpmidFirmware)body;
        FirmwareDelivery delivery = await firmware.DeliverAsync(
            request.FirmwareImage, request.FirmwareVersion, request.Delivery, cancellationToken).ConfigureAwait(false);
        if (delivery.Result == FirmwareDeliveryResult.Verified)
        {
            FirmwareActivation activation =
                await firmware.ActivateAsync(request.FirmwareImage.Hash, cancellationToken).ConfigureAwait(false);
            return activation.Response == ActivateImageResponse.Success
                ? new DeviceOutcome(
                    DeviceOutcomeKind.Done, Alert(isActivated: true, activation.FirmwareVersion), delivery.Detail, null, null)
                : new DeviceOutcome(
                    DeviceOutcomeKind.Refused, Alert(isActivated: false, activation.FirmwareVersion), activation.Detail,
                    (int)activation.Response, null);
        }

        PpmidAlert? failed = delivery.Result == FirmwareDeliveryResult.VerificationFailed
            ? Alert(isActivated: false, await identity.ReadActiveVersionAsync(cancellationToken).ConfigureAwait(false))
            : null;
        return new DeviceOutcome(
            DeviceOutcomeKind.Refused, failed, delivery.Detail, UpdateFirmwareHandler.TransferCode(delivery.Result), null);
    }

    /// <inheritdoc/>
    internal override SrvResponseBody? Refused() => null;

    private PpmidAlert Alert(bool isActivated, string version) => new(display, isActivated, version, timeProvider.GetUtcNow());
}
