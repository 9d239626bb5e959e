using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using static DeviceHarness.Virtual.ZigBee.Clusters.AttributeData;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The attributes of the Metering server of a gas meter: cubic metres with three decimals.</summary>
/// <remarks>Source: ZigBee Smart Energy, Metering cluster, as this harness's ZigBee guide 8.3 lists ids and types.</remarks>
internal static class MeteringAttributes
{
    private const int CubicMetres = 0x01;
    private const int GasMeter = 0x01;
    private const int Divisor = 1000;

    // Three digits right of the point, five left, leading zeros suppressed.
    private const int Formatting = 0xAB;
    private const int UpdateSeconds = 30;
    private const int ListedTiers = 4;
    private const int DaysBefore = 9;

    private const int LowBattery = 0x02;
    private const int Tampered = 0x04;
    private const int Disconnected = 0x40;

    /// <summary>The attributes of a meter.</summary>
    public static IReadOnlyDictionary<ushort, Func<ZclData>> Of(GasMeterState state)
    {
        Dictionary<ushort, Func<ZclData>> all = new()
        {
            [0x0000] = () => Unsigned48(state.ToldVolumeDm3),
            [0x0007] = () => Time(state.IsClockValid ? ZclTime.FromMoment(state.Now) : ZclTime.Invalid),
            [0x000A] = () => Unsigned8(UpdateSeconds),
            [0x000B] = () => Unsigned8(state.Model.Wake.FastPollSeconds),
            [0x000E] = () => Enumeration(state.Tariff.Block),
            [0x000F] = () => Enumeration(2),
            [0x0014] = () => Enumeration(MeteringCluster.StatusOf(state.Valve)),
            [0x0020] = () => Enumeration(state.Tariff.Rate),
            [0x0200] = () => Bitmap8(StatusOf(state)),
            [0x0201] = () => Unsigned8(state.Battery.RemainingPercent),
            [0x0205] = () => Unsigned16(state.Battery.RemainingDays),
            [0x0300] = () => Enumeration(CubicMetres),
            [0x0301] = () => Unsigned24(state.Has(GasDefects.WrongMultiplier) ? 10 : 1),
            [0x0302] = () => Unsigned24(Divisor),
            [0x0303] = () => Bitmap8(Formatting),
            [0x0304] = () => Bitmap8(Formatting),
            [0x0305] = () => Bitmap8(Formatting),
            [0x0306] = () => Bitmap8(GasMeter),
            [0x0307] = () => Octets(state.Settings.SiteId),
            [0x0308] = () => Octets(state.Model.SerialNumber),
            [0x0311] = () => Octets(state.Settings.CustomerId),
            [0x0400] = () => Signed24(state.IsFlowing ? state.Metrology.FlowAt(state.Clock.TrueTime) : 0),
            [0x0401] = () => Unsigned24(SinceMidnight(state)),
            [0x0500] = () => Unsigned8(GasUseServer.MaximumPeriods),
            [0x0607] = () => Enumeration(state.Settings.TamperState),
            [0x0608] = () => Enumeration(state.Settings.DepletionState),
            [0x0609] = () => Enumeration(state.Settings.UncontrolledFlowState),
            [0x0B00] = () => Time(Planned(state) is { } change ? ZclTime.FromMoment(change.At) : ZclTime.Invalid),
            [0x0B01] = () => Planned(state) is { } change
                ? Enumeration(MeteringCluster.StatusOf((SupplyState)change.Value))
                : ZclData.Invalid(ZclDataType.Enum8),
        };
        for (int tier = 0; tier < ListedTiers; tier++)
        {
            int index = tier;
            all[(ushort)(0x0100 + (2 * tier))] = () => Unsigned48(state.TierDm3[index]);
        }

        // Yesterday is 0403; the days before it are every second from 0420 on.
        for (int day = 1; day < DaysBefore; day++)
        {
            int before = day - 1;
            all[(ushort)(day == 1 ? 0x0403 : 0x0420 + (2 * (day - 2)))] = () => Unsigned24(state.History.DayBefore(before));
        }

        return all;
    }

    private static DatedGasChange? Planned(GasMeterState state) =>
        state.Settings.Planned.Find(change => change.Kind == GasChange.Supply);

    private static int StatusOf(GasMeterState state) =>
        (state.Battery.IsLow ? LowBattery : 0)
        | (state.Events.Entries.Any(entry => entry.Code is EventCode.CoverRemoved or EventCode.MagneticField) ? Tampered : 0)
        | (state.Valve == SupplyState.Connected ? 0 : Disconnected);

    private static long? SinceMidnight(GasMeterState state)
    {
        MeterLog days = state.History.Days;
        return days.Count == 0 ? null : state.ToldVolumeDm3 - days[days.Count - 1].Values[0];
    }
}
