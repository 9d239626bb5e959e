using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Gsme.Logs;

/// <summary>Reads a log by GetSampledData, from the oldest sample of a period forwards: the meter gives as many as it likes.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile, Metering cluster, GetSampledData, as this harness's ZigBee guide 8.3 sums it up.</remarks>
/// <param name="meter">The meter, or its mirror.</param>
/// <param name="source">Where the log is kept.</param>
internal sealed class SampledDataReader(SmartEnergyDevice meter, GasLogSource source)
{
    private const byte ConsumptionDelivered = 0;

    /// <summary>Reads the intervals of a period.</summary>
    /// <param name="period">The period.</param>
    /// <param name="intervals">Takes them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">The meter refuses, breaks the protocol or is silent.</exception>
    internal async Task ReadAsync(ReadLogPeriod period, GasIntervals intervals, CancellationToken cancellationToken)
    {
        // Times are told in whole seconds: an end that is cut off belongs to the period of its whole second.
        DateTimeOffset end = Later(period.Start, ZclTime.Epoch + source.Interval + TimeSpan.FromSeconds(1));
        while (end <= period.End && !intervals.IsCut)
        {
            if (await AskAsync(end, cancellationToken).ConfigureAwait(false) is not { } reply)
            {
                return;
            }

            (DateTimeOffset first, uint?[] values) = Read(reply, end);
            if (values.Length == 0)
            {
                return;
            }

            intervals.Take(first, values, reply.Message.Frame);
            end = first + (values.Length * source.Interval);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Asks for the samples from the interval on that ends no sooner than a moment; null when there is none.</summary>
    private async Task<ZclReply?> AskAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        ClusterCommand get = ClusterCatalogue.Metering.Command("GetSampledData", ZclSide.Client);
        MessageContent content = get.Create().Set("sample_id", source.SampleId)
            .Set("earliest_sample_time", ZclTime.FromMoment(source.IsTimedByEnd ? end : end - source.Interval))
            .Set("sample_type", ConsumptionDelivered).Set("number_of_samples", source.AtOnce);
        try
        {
            IReadOnlyList<ZclReply> replies = await meter.CollectAsync(
                get, content, ClusterCatalogue.Metering.Command("GetSampledDataResponse", ZclSide.Server), static _ => true,
                cancellationToken).ConfigureAwait(false);
            return replies[^1];
        }
        catch (DeviceRefusedException none) when (none.DeviceCode == (int)ZclStatus.NotFound)
        {
            return null;
        }
    }

    private (DateTimeOffset FirstEnd, uint?[] Values) Read(ZclReply reply, DateTimeOffset asked)
    {
        MessageContent told = reply.Content;
        (ulong id, ulong seconds) = (told.Number("sample_id"), told.Number("sample_request_interval"));
        if (id != source.SampleId || told.Number("sample_type") != ConsumptionDelivered)
        {
            throw Unfit($"samples {id:X4} of type {told.Number("sample_type")}", reply);
        }

        if (source.Interval.TotalSeconds <= ushort.MaxValue && seconds != source.Interval.TotalSeconds)
        {
            throw Unfit($"an interval of {seconds} s where its model has {source.Interval.TotalSeconds} s", reply);
        }

        uint?[] values = [.. told.Items("samples").Select(sample => ProfileInterval.ValueOf(sample.Number("sample")))];
        if (values.Length > source.AtOnce)
        {
            throw Unfit($"{values.Length} samples where {source.AtOnce} were asked for", reply);
        }

        DateTimeOffset time = ZclTime.ToMoment((uint)told.Number("sample_start_time")) ?? throw Unfit("samples without a time", reply);
        DateTimeOffset first = source.IsTimedByEnd ? time : time + source.Interval;
        return first.AddSeconds(1) > asked || values.Length == 0
            ? (first, values)
            : throw Unfit($"samples from {time:O} on, which are older than what was asked for", reply);
    }

    private RemoteProtocolException Unfit(string why, ZclReply reply) =>
        HanFaults.Unfit($"{meter.Name}: GetSampledDataResponse", why, reply.Message.Frame);
}
