using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 11.3: activates the image that the device holds, if its hash is the request's; at once, or when the device's clock says
/// so.</summary>
[Srv("11.3")]
internal class ActivateFirmwareHandler(IFirmwareStore firmware, TimeProvider timeProvider) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfTransfer;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ActivateFirmware request = (ActivateFirmware)body;
        if (request.ExecutionDateTime is { } time && time > timeProvider.GetUtcNow())
        {
            return await ScheduleAsync(request, time, cancellationToken).ConfigureAwait(false);
        }

        FirmwareActivation activation = await firmware.ActivateAsync(request.FirmwareHash, cancellationToken).ConfigureAwait(false);
        return activation.Response != ActivateImageResponse.Success ? NotDone(activation) : new DeviceOutcome(
            DeviceOutcomeKind.Done,
            new ActivateFirmwareRsp
            {
                MessageSuccess = true,
                ActivateImageResponseCode = ActivateFirmwareRsp.StatusOf(activation.Response),
                FirmwareVersion = activation.FirmwareVersion,
            },
            activation.Detail, null, null);
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ActivateFirmwareRsp { MessageSuccess = false };

    private static DeviceOutcome NotDone(FirmwareActivation activation) => new(
        DeviceOutcomeKind.Refused,
        new ActivateFirmwareRsp
        {
            MessageSuccess = false,
            ActivateImageResponseCode = ActivateFirmwareRsp.StatusOf(activation.Response),
            FirmwareVersion = activation.FirmwareVersion,
        },
        activation.Detail, (int)activation.Response, null);

    /// <summary>Has the device hold the time, or take it away. The answer has neither code nor version: nothing was activated
    /// yet.</summary>
    private async Task<DeviceOutcome> ScheduleAsync(ActivateFirmware request, DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (!firmware.TakesLaterTimes)
        {
            return new DeviceOutcome(
                DeviceOutcomeKind.Refused, Refused(), "nothing was sent: the device model activates an image at once only", null, null);
        }

        if (((IDeviceDated)request).IsWithdrawal)
        {
            await firmware.WithdrawAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (await firmware.ScheduleAsync(request.FirmwareHash, time, cancellationToken).ConfigureAwait(false)
            is { Response: not ActivateImageResponse.Success } hindered)
        {
            return NotDone(hindered);
        }

        return new DeviceOutcome(
            DeviceOutcomeKind.Done, new ActivateFirmwareRsp { MessageSuccess = true }, string.Empty, null, null);
    }
}
