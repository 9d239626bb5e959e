using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.CommsHub.Srv;

/// <summary>SRV 8.11: adds a device to the log of the hub's home area network, or removes one, and proves it by the log.</summary>
/// <remarks>An addition that says nothing of joining is refused without a word to the hub, which takes none without an install
/// code.</remarks>
[Srv("8.11")]
internal class UpdateHANDeviceLogHandler(IHanDeviceLog log) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfTransfer;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        UpdateHANDeviceLog request = (UpdateHANDeviceLog)body;
        bool isAdded = request.RequestType == HanLogChange.Add;
        if (isAdded && request.Join is null)
        {
            return new DeviceOutcome(
                DeviceOutcomeKind.Refused, Refused(), "the request does not say how the device may join", null, null);
        }

        if (isAdded)
        {
            await log.AddAsync(request.Device, request.Join!, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await log.RemoveAsync(request.Device, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<HanDeviceLogEntry> devices = await log.ReadDevicesAsync(cancellationToken).ConfigureAwait(false);
        bool isThere = devices.Any(device => device.DeviceId == request.Device);
        return isThere == isAdded
            ? new DeviceOutcome(DeviceOutcomeKind.Done, new UpdateHANDeviceLogRsp { MessageSuccess = true }, string.Empty, null, null)
            : new DeviceOutcome(
                DeviceOutcomeKind.ProtocolError, null,
                $"the hub said yes, and its log {(isThere ? "still has" : "does not have")} {request.Device}", null, null);
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new UpdateHANDeviceLogRsp { MessageSuccess = false };
}
