using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Gsme.Logs;

/// <summary>Reads the snapshots of a period by GetSnapshot, one after the other: in which order a meter counts them does not
/// matter.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile, Metering cluster, GetSnapshot and PublishSnapshot, as this harness's ZigBee guide 8.3 sums
/// them up. A snapshot may come in several commands.</remarks>
/// <param name="meter">The meter, or its mirror.</param>
/// <param name="source">Where the log is kept.</param>
internal sealed class SnapshotReader(SmartEnergyDevice meter, GasLogSource source)
{
    /// <summary>Reads the snapshots of a period.</summary>
    /// <param name="period">The period, both ends included.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The oldest first; those without a time at the end.</returns>
    /// <exception cref="HarnessException">The meter refuses, breaks the protocol or is silent.</exception>
    internal async Task<IReadOnlyList<GasSnapshot>> ReadAsync(ReadLogPeriod period, CancellationToken cancellationToken)
    {
        Dictionary<uint, GasSnapshot> found = [];
        for (int offset = 0, total = 1; offset < total; offset++)
        {
            if (await AskAsync(period, offset, cancellationToken).ConfigureAwait(false) is not { } replies)
            {
                return offset == 0 ? [] : throw HanFaults.Unfit(
                    $"{meter.Name}: GetSnapshot", $"the meter tells of {total} snapshots and does not have number {offset + 1}", default);
            }

            ZclReply last = replies[^1];
            total = (int)last.Content.Number("total_snapshots_found");
            GasSnapshot snapshot = Read(replies);
            if (!found.TryAdd(snapshot.Id, snapshot))
            {
                throw Unfit($"snapshot {snapshot.Id} a second time", last);
            }
        }

        return
        [
            .. found.Values.Where(snapshot => snapshot.Time is not { } time || (time >= period.Start && time <= period.End))
                .OrderBy(snapshot => snapshot.Time ?? DateTimeOffset.MaxValue).ThenBy(snapshot => snapshot.Id),
        ];
    }

    private static uint Seconds(DateTimeOffset moment) => moment < ZclTime.Epoch ? 0 : ZclTime.FromMoment(moment);

    /// <summary>The commands of one snapshot; null when the meter has none.</summary>
    private async Task<IReadOnlyList<ZclReply>?> AskAsync(ReadLogPeriod period, int offset, CancellationToken cancellationToken)
    {
        ClusterCommand get = ClusterCatalogue.Metering.Command("GetSnapshot", ZclSide.Client);
        MessageContent content = get.Create().Set("earliest_start", Seconds(period.Start)).Set("latest_end", Seconds(period.End))
            .Set("snapshot_offset", offset).Set("snapshot_cause", source.Causes);
        HashSet<ulong> told = [];
        try
        {
            return await meter.CollectAsync(
                get, content, ClusterCatalogue.Metering.Command("PublishSnapshot", ZclSide.Server),
                reply => told.Add(reply.Content.Number("command_index"))
                    && (ulong)told.Count >= reply.Content.Number("total_commands"),
                cancellationToken).ConfigureAwait(false);
        }
        catch (DeviceRefusedException none) when (none.DeviceCode == (int)ZclStatus.NotFound)
        {
            return null;
        }
    }

    private GasSnapshot Read(IReadOnlyList<ZclReply> replies)
    {
        ZclReply last = replies[^1];
        MessageContent[] parts =
        [
            .. replies.Select(reply => reply.Content).DistinctBy(part => part.Number("command_index"))
                .OrderBy(part => part.Number("command_index")),
        ];
        uint id = (uint)parts[0].Number("snapshot_id");
        byte type = (byte)parts[0].Number("snapshot_payload_type");
        if (parts.Any(part => part.Number("snapshot_id") != id))
        {
            throw Unfit("parts of several snapshots", last);
        }

        DateTimeOffset? time = ZclTime.ToMoment((uint)parts[0].Number("snapshot_time"));
        if (type == MeterSnapshot.Unavailable)
        {
            return new GasSnapshot(id, time, null);
        }

        byte[] payload = [.. parts.SelectMany(part => part.Octets("payload").ToArray())];
        return MeterSnapshot.TryRead(type, payload, out MeterSnapshot? registers)
            ? new GasSnapshot(id, time, registers)
            : throw Unfit($"a payload of type {type:X2} and {payload.Length} octets, which holds no registers of what was delivered", last);
    }

    private RemoteProtocolException Unfit(string why, ZclReply reply) =>
        HanFaults.Unfit($"{meter.Name}: PublishSnapshot", why, reply.Message.Frame);
}
