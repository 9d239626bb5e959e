using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>The logs of what a gas meter used, as Metering tells them, by the number of their samples.</summary>
/// <remarks>The numbers are those of the DCC's public test messages: 0 half hours, 1 days, 2 six minutes.</remarks>
internal static class GasUseLogs
{
    /// <summary>The number of the half hours.</summary>
    public const ushort HalfHours = 0;

    /// <summary>The number of the days.</summary>
    public const ushort Days = 1;

    /// <summary>The number of the six minutes.</summary>
    public const ushort Network = 2;

    /// <summary>The period of the network data log.</summary>
    public static readonly TimeSpan SixMinutes = TimeSpan.FromMinutes(6);

    private const int Tenfold = 10;

    /// <summary>The logs of a meter.</summary>
    public static IReadOnlyDictionary<ushort, GasSeries> Of(GasMeterState state)
    {
        GasHistory history = state.History;
        return new Dictionary<ushort, GasSeries>
        {
            [HalfHours] = new(GasHistory.HalfHour, () => history.HalfHours.Count, index =>
            {
                GasUse use = Use(history.HalfHours[index]);
                return use with
                {
                    End = state.Has(GasDefects.ProfileShifted) ? use.End + GasHistory.HalfHour : use.End,
                    Dm3 = state.Has(GasDefects.ProfileScaled) ? use.Dm3 * Tenfold : use.Dm3,
                };
            }),
            [Days] = new(TimeSpan.FromDays(1), () => Math.Max(0, history.Days.Count - 1), index => Day(history.Days, index + 1)),
            [Network] = new(SixMinutes, () => history.Network.Count, index => Use(history.Network[index])),
        };
    }

    /// <summary>A log of volumes, in which -1 is none.</summary>
    public static GasSeries Of(TimeSpan interval, MeterLog log) => new(interval, () => log.Count, index => Use(log[index]));

    private static GasUse Use(LogRow row) => new(row.Stamp, row.IsStampValid, row.Values[0] < 0 ? null : row.Values[0]);

    // What a day used, from the register at its two midnights.
    private static GasUse Day(MeterLog days, int index)
    {
        (LogRow before, LogRow after) = (days[index - 1], days[index]);
        bool isOneDay = after.Stamp - before.Stamp == TimeSpan.FromDays(1);
        return new GasUse(after.Stamp, after.IsStampValid, isOneDay ? after.Values[0] - before.Values[0] : null);
    }
}
