using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 6.13: the events of a period, the oldest first; the last hundred. The Event log is the device's general log, the Security
/// log its security log; a code is that of the profile, or the event's own number.</summary>
/// <param name="device">A gas meter, or a display.</param>
[Srv("6.13")]
internal sealed class ReadEventOrSecurityLogHandler(SmartEnergyDevice device) : SrvHandler
{
    /// <summary>The number of the general log.</summary>
    internal const byte GeneralLog = 3;

    private const byte SecurityLog = 4;
    private const ushort AnyEvent = 0;

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ReadEventOrSecurityLog request = (ReadEventOrSecurityLog)body;
        byte? log = request.LogToRead switch
        {
            EventLog.Event => GeneralLog,
            EventLog.Security => SecurityLog,
            _ => null,
        };
        if (log is not { } number)
        {
            return new DeviceOutcome(
                DeviceOutcomeKind.Refused, Refused(),
                $"a {device.Profile.DeviceType} has no log {request.LogToRead}; it has Event, Security", null, null);
        }

        IReadOnlyList<EventLogEntry> entries;
        try
        {
            entries = await ReadAsync(number, request.Period, cancellationToken).ConfigureAwait(false);
        }
        catch (Abstractions.Errors.DeviceRefusedException none) when (none.DeviceCode == (int)ZclStatus.NotFound)
        {
            entries = [];
        }

        ReadEventOrSecurityLogRsp answer = new() { MessageSuccess = true, Log = entries };
        return new DeviceOutcome(DeviceOutcomeKind.Done, answer, string.Empty, null, null);
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadEventOrSecurityLogRsp { MessageSuccess = false };

    private async Task<IReadOnlyList<EventLogEntry>> ReadAsync(byte log, ReadLogPeriod period, CancellationToken cancellationToken)
    {
        ClusterCommand get = ClusterCatalogue.Events.Command("GetEventLog", ZclSide.Client);
        MessageContent content = get.Create().Set("event_control_log_id", log).Set("event_id", AnyEvent)
            .Set("start_time", ZclTime.FromMoment(period.Start)).Set("end_time", ZclTime.FromMoment(period.End))
            .Set("number_of_events", ReadEventOrSecurityLogRsp.MaxEntries).Set("event_offset", 0);
        HashSet<ulong> told = [];
        IReadOnlyList<ZclReply> replies = await device.CollectAsync(
            get, content, ClusterCatalogue.Events.Command("PublishEventLog", ZclSide.Server),
            reply => told.Add(reply.Content.Number("command_index")) && (ulong)told.Count >= reply.Content.Number("total_commands"),
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. replies.DistinctBy(reply => reply.Content.Number("command_index"))
                .SelectMany(reply => reply.Content.Items("events"))
                .Select(Entry)
                .Where(entry => entry.Timestamp >= period.Start && entry.Timestamp <= period.End)
                .OrderBy(entry => entry.Timestamp)
                .TakeLast(ReadEventOrSecurityLogRsp.MaxEntries),
        ];
    }

    private EventLogEntry Entry(MessageContent item)
    {
        ushort number = (ushort)item.Number("event_id");
        string code = device.Profile.CodeOf(number) is { Length: > 0 } known ? known : number.ToString("X4", null);
        return new EventLogEntry(ZclTime.ToMoment((uint)item.Number("event_time")), code);
    }
}
