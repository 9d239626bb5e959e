using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.CommsHub.Srv;

/// <summary>SRV 8.9: reads the devices of the hub's home area network.</summary>
/// <remarks>Security details are refused without a word to the hub: no object for them is known.</remarks>
/// <param name="log">The log.</param>
/// <param name="detail">What is to be known of every answer; empty when nothing is.</param>
[Srv("8.9")]
internal class ReadDeviceLogHandler(IHanDeviceLog log, string detail = "") : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        if (((ReadDeviceLog)body).ReadsSecurityDetails)
        {
            return new DeviceOutcome(
                DeviceOutcomeKind.Refused, Refused(), "the device model has no object for security details of devices", null, null);
        }

        ReadDeviceLogRsp answer = new()
        {
            MessageSuccess = true,
            Devices = await log.ReadDevicesAsync(cancellationToken).ConfigureAwait(false),
        };
        return new DeviceOutcome(DeviceOutcomeKind.Done, answer, detail, null, null);
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceLogRsp { MessageSuccess = false };
}
