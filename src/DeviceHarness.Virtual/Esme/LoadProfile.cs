namespace DeviceHarness.Virtual.Esme;

/// <summary>Load and generation as a pure function of seed and time: the same seed gives the same day, whoever asks and however
/// often.</summary>
/// <remarks>Power is constant within a slot of one minute. Integer arithmetic only, so that every machine computes the same
/// watts.</remarks>
public sealed class LoadProfile
{
    private const int MinutesPerDay = 24 * 60;
    private const int MorningMinute = (7 * 60) + 30;
    private const int MorningHalfWidthMinutes = 90;
    private const int EveningMinute = (18 * 60) + 30;
    private const int EveningHalfWidthMinutes = 150;
    private const int NoonMinute = 12 * 60;
    private const int NoonHalfWidthMinutes = 300;
    private const int NominalDecivolts = 2300;
    private const int VoltageSpreadDecivolts = 60;

    private readonly LoadProfileOptions _options;
    private readonly ulong _seed;

    /// <summary>Creates the profile.</summary>
    /// <param name="options">The shape of the day.</param>
    /// <param name="seed">What makes this house differ from the next.</param>
    public LoadProfile(LoadProfileOptions options, long seed)
    {
        _options = options;
        _seed = unchecked((ulong)seed);
    }

    /// <summary>The length of the slots in which power is constant.</summary>
    public static TimeSpan Slot => TimeSpan.FromMinutes(1);

    /// <summary>The slot that holds a moment, counted from year 1.</summary>
    public static long SlotOf(DateTimeOffset moment) => moment.UtcTicks / Slot.Ticks;

    /// <summary>What is consumed in a slot, in watts.</summary>
    public int LoadWatts(long slot)
    {
        int minute = (int)(slot % MinutesPerDay);
        int noise = Draw(slot, stream: 1, _options.NoiseWatts + 1);
        return _options.BaseWatts + noise
            + Triangle(minute, MorningMinute, MorningHalfWidthMinutes, _options.MorningPeakWatts)
            + Triangle(minute, EveningMinute, EveningHalfWidthMinutes, _options.EveningPeakWatts);
    }

    /// <summary>What is generated in a slot, in watts; clouds take up to half of it.</summary>
    public int GenerationWatts(long slot)
    {
        int clearSky = Triangle((int)(slot % MinutesPerDay), NoonMinute, NoonHalfWidthMinutes, _options.GenerationPeakWatts);
        return clearSky - Draw(slot, stream: 2, (clearSky / 2) + 1);
    }

    /// <summary>The voltage of the network in a slot, in tenths of a volt.</summary>
    public int Decivolts(long slot) => NominalDecivolts - (VoltageSpreadDecivolts / 2) + Draw(slot, stream: 3, VoltageSpreadDecivolts + 1);

    private static int Triangle(int minute, int peakMinute, int halfWidthMinutes, int peakWatts)
    {
        int distance = Math.Abs(minute - peakMinute);
        return distance >= halfWidthMinutes ? 0 : peakWatts * (halfWidthMinutes - distance) / halfWidthMinutes;
    }

    private int Draw(long slot, ulong stream, int exclusiveUpper)
    {
        unchecked
        {
            // The finaliser of SplitMix64: one hash per slot instead of a generator that would have to be advanced in order.
            ulong mixed = (_seed * 0x9E3779B97F4A7C15UL) + ((ulong)slot * 0xD1B54A32D192ED03UL) + (stream * 0x8CB92BA72F3D8DD7UL);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            mixed ^= mixed >> 31;
            return (int)(mixed % (ulong)exclusiveUpper);
        }
    }
}
