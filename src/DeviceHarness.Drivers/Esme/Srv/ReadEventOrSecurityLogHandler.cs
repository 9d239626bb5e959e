using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.13: reads the events of a period from one of the device's logs.</summary>
/// <remarks>A log that the device model does not have is refused without a word to the device.</remarks>
[Srv("6.13")]
internal sealed class ReadEventOrSecurityLogHandler(IEventLogReader logs) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ReadEventOrSecurityLog request = (ReadEventOrSecurityLog)body;
        if (!logs.EventLogs.Contains(request.LogToRead))
        {
            string detail = $"the device model has no log {request.LogToRead}; it has {string.Join(", ", logs.EventLogs)}";
            return new DeviceOutcome(DeviceOutcomeKind.Refused, Refused(), detail, null, null);
        }

        ReadEventOrSecurityLogRsp answer = new()
        {
            MessageSuccess = true,
            Log = await logs.ReadEventLogAsync(request.LogToRead, request.Period, cancellationToken).ConfigureAwait(false),
        };
        return new DeviceOutcome(DeviceOutcomeKind.Done, answer, string.Empty, null, null);
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadEventOrSecurityLogRsp { MessageSuccess = false };
}
