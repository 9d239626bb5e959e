using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 11.3: activates the image that the device holds, if its hash is the request's.</summary>
[Srv("11.3")]
internal sealed class ActivateFirmwareHandler(IFirmwareStore firmware) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfTransfer;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        FirmwareActivation activation = await firmware.ActivateAsync(
            ((ActivateFirmware)body).FirmwareHash, cancellationToken).ConfigureAwait(false);
        bool isDone = activation.Response == ActivateImageResponse.Success;
        ActivateFirmwareRsp answer = new()
        {
            MessageSuccess = isDone,
            ActivateImageResponseCode = ActivateFirmwareRsp.StatusOf(activation.Response),
            FirmwareVersion = activation.FirmwareVersion,
        };
        return isDone
            ? new DeviceOutcome(DeviceOutcomeKind.Done, answer, activation.Detail, null, null)
            : new DeviceOutcome(DeviceOutcomeKind.Refused, answer, activation.Detail, (int)activation.Response, null);
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ActivateFirmwareRsp { MessageSuccess = false };
}
