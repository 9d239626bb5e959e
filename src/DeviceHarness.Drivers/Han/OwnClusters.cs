using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

namespace DeviceHarness.Drivers.Han;

/// <summary>What the harness itself serves to the devices of its network: Basic, Time, Keep-Alive, Key Establishment.</summary>
/// <remarks>Spec: ZigBee Cluster Library and ZigBee Smart Energy, as this harness's ZigBee guide 8.1 and 10.5 sums them up.</remarks>
internal static class OwnClusters
{
    private const byte LibraryVersion = 3;
    private const byte Mains = 1;
    private const byte MasterAndSuperseding = 0x01 | 0x04 | 0x08;
    private const byte KeepAliveBaseMinutes = 10;
    private const ushort KeepAliveJitterSeconds = 300;
    private const int SummerTimeSeconds = 3600;

    /// <summary>The servers.</summary>
    /// <param name="calendar">The clock that devices are told.</param>
    /// <param name="establishment">The own certificates; null when there are none.</param>
    internal static IEnumerable<IHanServer> All(TimeProvider calendar, EstablishmentSettings? establishment)
    {
        yield return new AttributeServer(ClusterCatalogue.Basic.Id, new Dictionary<ushort, Func<ZclData>>
        {
            [0x0000] = () => ZclData.Unsigned(ZclDataType.Unsigned8, LibraryVersion),
            [0x0004] = () => ZclData.CharacterString("DeviceHarness"),
            [0x0005] = () => ZclData.CharacterString("Rig"),
            [0x0007] = () => ZclData.Unsigned(ZclDataType.Enum8, Mains),
        });
        yield return new AttributeServer(ClusterCatalogue.KeepAlive.Id, new Dictionary<ushort, Func<ZclData>>
        {
            [0x0000] = () => ZclData.Unsigned(ZclDataType.Unsigned8, KeepAliveBaseMinutes),
            [0x0001] = () => ZclData.Unsigned(ZclDataType.Unsigned16, KeepAliveJitterSeconds),
        });
        yield return Time(calendar);
        if (establishment is not null)
        {
            yield return new AttributeServer(ClusterCatalogue.KeyEstablishment.Id, new Dictionary<ushort, Func<ZclData>>
            {
                [0x0000] = () => ZclData.Unsigned(ZclDataType.Bitmap16, (ushort)establishment.Suites),
            });
        }
    }

    /// <summary>The start and the end of summer time of a year, UTC: the last Sundays of March and October at 01:00.</summary>
    /// <remarks>Spec: The Summer Time Order 2002 (United Kingdom).</remarks>
    internal static (DateTimeOffset Start, DateTimeOffset End) SummerTime(int year) => (LastSunday(year, 3), LastSunday(year, 10));

    private static AttributeServer Time(TimeProvider calendar)
    {
        DateTimeOffset set = calendar.GetUtcNow();
        return new(ClusterCatalogue.Time.Id, new Dictionary<ushort, Func<ZclData>>
        {
            [0x0000] = () => Moment(calendar.GetUtcNow()),
            [0x0001] = () => ZclData.Unsigned(ZclDataType.Bitmap8, MasterAndSuperseding),
            [0x0002] = () => ZclData.Signed(ZclDataType.Signed32, 0),
            [0x0003] = () => Moment(SummerTime(calendar.GetUtcNow().Year).Start),
            [0x0004] = () => Moment(SummerTime(calendar.GetUtcNow().Year).End),
            [0x0005] = () => ZclData.Signed(ZclDataType.Signed32, SummerTimeSeconds),
            [0x0006] = () => Seconds(calendar.GetUtcNow()),
            [0x0007] = () => Seconds(Local(calendar.GetUtcNow())),
            [0x0008] = () => Moment(set),
            [0x0009] = () => Moment(calendar.GetUtcNow().AddDays(1)),
        });
    }

    private static DateTimeOffset Local(DateTimeOffset utc)
    {
        (DateTimeOffset start, DateTimeOffset end) = SummerTime(utc.Year);
        return utc >= start && utc < end ? utc.AddSeconds(SummerTimeSeconds) : utc;
    }

    private static DateTimeOffset LastSunday(int year, int month)
    {
        DateTimeOffset last = new(year, month, DateTime.DaysInMonth(year, month), 1, 0, 0, TimeSpan.Zero);
        return last.AddDays(-(int)last.DayOfWeek);
    }

    private static ZclData Moment(DateTimeOffset moment) => ZclData.Unsigned(ZclDataType.UtcTime, ZclTime.FromMoment(moment));

    private static ZclData Seconds(DateTimeOffset moment) => ZclData.Unsigned(ZclDataType.Unsigned32, ZclTime.FromMoment(moment));
}
