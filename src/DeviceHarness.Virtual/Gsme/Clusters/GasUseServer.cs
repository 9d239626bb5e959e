using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>Answers GetProfile and GetSampledData from logs of what was used.</summary>
/// <remarks>Source: ZigBee Smart Energy, Metering cluster, as this harness's ZigBee guide 8.3 sums it up. That the time of a sample is the
/// beginning of its interval, and that FFFF stands for an interval that has no place in two octets, are assumptions.</remarks>
internal static class GasUseServer
{
    /// <summary>The most intervals or samples of an answer, so that it fits one frame.</summary>
    public const int MaximumPeriods = 18;

    private const byte HalfHourPeriod = 2;
    private const byte Success = 0;
    private const byte UndefinedChannel = 1;
    private const byte ChannelNotSupported = 2;
    private const byte MoreThanFit = 4;
    private const byte NoIntervals = 5;
    private const uint NoValue = 0xFF_FFFF;

    /// <summary>GetProfile.</summary>
    public static ClusterReply GetProfile(ref CommandReader reader, GasSeries halfHours)
    {
        byte channel = reader.Octet();
        uint end = reader.DoubleWord();
        byte count = reader.Octet();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        DateTimeOffset newest = end == ZclTime.Now ? DateTimeOffset.MaxValue : ZclTime.ToMoment(end) ?? DateTimeOffset.MaxValue;
        IReadOnlyList<GasUse> found = channel == 0 ? halfHours.Until(newest, Math.Min(count, (byte)MaximumPeriods)) : [];
        byte status = channel == 1 ? ChannelNotSupported : channel > 1 ? UndefinedChannel : found.Count == 0 ? NoIntervals
            : count > MaximumPeriods ? MoreThanFit : Success;
        WireOctets answer = new WireOctets().DoubleWord(found.Count == 0 ? end : TimeOf(found[0], found[0].End))
            .Octet(status).Octet(HalfHourPeriod).Octet((byte)found.Count);
        return ClusterReply.With(new ClusterMessage(0x00, Values(answer, found)));
    }

    /// <summary>GetSampledData.</summary>
    public static ClusterReply GetSampledData(ref CommandReader reader, Func<ushort, GasSeries?> find)
    {
        ushort id = reader.Word();
        uint earliest = reader.DoubleWord();
        byte type = reader.Octet();
        ushort count = reader.Word();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (type != 0 || find(id) is not { } samples)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        IReadOnlyList<GasUse> found = samples.From(
            ZclTime.ToMoment(earliest) ?? DateTimeOffset.MaxValue, Math.Min(count, (ushort)MaximumPeriods));
        if (found.Count == 0)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        WireOctets answer = new WireOctets().Word(id).DoubleWord(TimeOf(found[0], found[0].End - samples.Interval)).Octet(0)
            .Word((ushort)Math.Min(samples.Interval.TotalSeconds, ushort.MaxValue)).Word((ushort)found.Count);
        return ClusterReply.With(new ClusterMessage(0x07, Values(answer, found)));
    }

    private static uint TimeOf(GasUse use, DateTimeOffset time) => use.IsTimeKnown ? ZclTime.FromMoment(time) : ZclTime.Invalid;

    private static byte[] Values(WireOctets answer, IReadOnlyList<GasUse> found)
    {
        foreach (GasUse use in found)
        {
            uint value = use.Dm3 is { } dm3 ? (uint)dm3 : NoValue;
            answer.Word((ushort)value).Octet((byte)(value >> 16));
        }

        return answer.ToArray();
    }
}
