using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Gsme.Logs;

/// <summary>Reads a log by GetProfile, from the newest interval of a period backwards: the meter gives as many as it likes.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile, Metering cluster, GetProfile, as this harness's ZigBee guide 8.3 sums it up.</remarks>
/// <param name="meter">The meter, or its mirror.</param>
/// <param name="source">Where the log is kept.</param>
internal sealed class LoadProfileReader(SmartEnergyDevice meter, GasLogSource source)
{
    private const byte Delivered = 0;

    /// <summary>Reads the intervals of a period.</summary>
    /// <param name="period">The period.</param>
    /// <param name="intervals">Takes them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">The meter refuses, breaks the protocol or is silent.</exception>
    internal async Task ReadAsync(ReadLogPeriod period, GasIntervals intervals, CancellationToken cancellationToken)
    {
        Stack<(IReadOnlyList<ProfileInterval> Intervals, ReadOnlyMemory<byte> Frame)> pages = new();
        DateTimeOffset newest = period.End;
        int told = 0;
        while (newest >= period.Start && newest > ZclTime.Epoch)
        {
            ZclReply reply = await AskAsync(newest, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<ProfileInterval> page = Read(reply, newest);
            if (page.Count == 0)
            {
                break;
            }

            pages.Push((page, reply.Message.Frame));
            newest = page[0].End - source.Interval;
            told += page.Count;
            if (told > source.Capacity + source.AtOnce)
            {
                throw Unfit($"more intervals than the {source.Capacity} that its model keeps", reply);
            }
        }

        foreach ((IReadOnlyList<ProfileInterval> page, ReadOnlyMemory<byte> frame) in pages)
        {
            intervals.Take(page[0].End, [.. page.Select(interval => interval.Value)], frame);
        }
    }

    private async Task<ZclReply> AskAsync(DateTimeOffset newest, CancellationToken cancellationToken)
    {
        ClusterCommand get = ClusterCatalogue.Metering.Command("GetProfile", ZclSide.Client);
        IReadOnlyList<ZclReply> replies = await meter.CollectAsync(
            get, get.Create().Set("interval_channel", Delivered).Set("end_time", ZclTime.FromMoment(newest))
                .Set("number_of_periods", source.AtOnce),
            ClusterCatalogue.Metering.Command("GetProfileResponse", ZclSide.Server), static _ => true, cancellationToken)
            .ConfigureAwait(false);
        return replies[^1];
    }

    private IReadOnlyList<ProfileInterval> Read(ZclReply reply, DateTimeOffset asked)
    {
        MessageContent told = reply.Content;
        byte status = (byte)told.Number("status");
        if (status is not (ProfileInterval.Success or ProfileInterval.TooMany))
        {
            return status == ProfileInterval.NoneAvailable ? [] : throw HanFaults.ProfileRefused($"{meter.Name}: GetProfile", status);
        }

        IReadOnlyList<ProfileInterval> page = ProfileInterval.From(told);
        if (told.Items("intervals").Count > source.AtOnce)
        {
            throw Unfit($"{page.Count} intervals where {source.AtOnce} were asked for", reply);
        }

        byte number = (byte)told.Number("profile_interval_period");
        return told.Items("intervals").Count == 0 ? []
            : ProfileInterval.LengthOf(number) != source.Interval
                ? throw Unfit($"intervals of period {number} where its model has {source.Interval.TotalSeconds} s", reply)
            : page.Count == 0 ? throw Unfit("intervals without a time", reply)
            : page[^1].End <= asked ? page
            : throw Unfit($"intervals until {page[^1].End:O}, which are newer than what was asked for", reply);
    }

    private RemoteProtocolException Unfit(string why, ZclReply reply) =>
        HanFaults.Unfit($"{meter.Name}: GetProfileResponse", why, reply.Message.Frame);
}
