namespace DeviceHarness.Virtual.Esme;

/// <summary>A stretch of the meter's life in which power, tariff and supply did not change; never longer than a minute and never over a
/// minute of the meter's clock.</summary>
/// <param name="From">Its beginning, by the meter's clock.</param>
/// <param name="To">Its end, by the meter's clock.</param>
/// <param name="Counted">What the registers counted in it.</param>
/// <param name="NetWatts">Power from the network, in watts; negative while exporting.</param>
/// <param name="Decivolts">The voltage, in tenths of a volt.</param>
internal readonly record struct MeterSlice(
    DateTimeOffset From, DateTimeOffset To, EnergyTotals Counted, int NetWatts, int Decivolts)
{
    /// <summary>How long it was.</summary>
    public TimeSpan Length => To - From;

    /// <summary>Whether a multiple of a period (counted from midnight) lies in it, its end included and its beginning not.</summary>
    /// <param name="period">The period, which divides a day.</param>
    /// <param name="boundary">That moment.</param>
    public bool Crosses(TimeSpan period, out DateTimeOffset boundary)
    {
        long last = To.UtcTicks / period.Ticks;
        boundary = new DateTimeOffset(last * period.Ticks, TimeSpan.Zero);
        return last > From.UtcTicks / period.Ticks;
    }

    /// <summary>Whether a moment lies in it, its end included and its beginning not.</summary>
    public bool Reaches(DateTimeOffset moment) => From < moment && moment <= To;
}
