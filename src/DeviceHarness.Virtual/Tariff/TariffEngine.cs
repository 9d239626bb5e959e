using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Tariff;

/// <summary>Counts each watt-hour into the register of the rate and block that are in force, and says what it cost.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, classes 20, 11, 21 and 113, and the GB object list, as the domain guide gives them: 48 rates, 4 blocks of 8
/// rates. The rate of a slice is that of its beginning; a slice never passes a minute. Blocks are counted for rates 1 to 8: a watt-hour
/// belongs to the block whose lower threshold the rate's count has reached since the matrix was reset.
/// </remarks>
internal sealed class TariffEngine : IMeterEngine
{
    /// <summary>How many rates there are.</summary>
    public const int Rates = 48;

    /// <summary>How many blocks there are.</summary>
    public const int Blocks = 4;

    /// <summary>How many rates have blocks.</summary>
    public const int BlockRates = 8;

    /// <summary>The largest randomised offset limit, in seconds.</summary>
    public const int MaximumRandomisedOffsetSeconds = 1799;

    private const long WattHoursPerKilowattHour = 1000;
    private const int OffsetShares = 256;

    private readonly IMeterHost _host;
    private readonly int _offsetShare;
    private uint[] _rateWh = new uint[Rates];
    private uint[] _blockWh = new uint[Blocks * BlockRates];
    private readonly List<(TimeSpan Start, int Rate)> _dayPlan = [];
    private uint[][] _activeThresholds;
    private DateTime? _plannedDay;
    private long _remainder;

    public TariffEngine(TariffOptions options, long seed, IMeterHost host)
    {
        _host = host;
        _offsetShare = (int)((ulong)seed % OffsetShares);
        Active = CalendarTables.EveryDay(
            Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(options.Name)),
            [.. options.Day.Select(turn => new DayAction(turn.Start, ScriptTable, (ushort)turn.Rate))]);
        Passive = Active;
        RandomisedOffsetSeconds = options.RandomisedOffsetSeconds;
        _activeThresholds = [.. Enumerable.Range(1, BlockRates).Select(rate => rate == 1 ? options.BlockThresholdsWh.ToArray() : [])];
        PassiveThresholds = [.. _activeThresholds];
        Energy = new PriceBook(EnergyPrices(options));
        Standing = new PriceBook(new UnitCharge(
            0, StandingScale(options.StandingMillipence), 8, ObisCode.Parse("0-0:1.0.0.255"), 2,
            new Dictionary<string, short> { [UnitCharge.IndexOf(1)] = Scaled(options.StandingMillipence) }));
        Rate = RateAt(host.Now);
    }

    /// <summary>The script table whose scripts are the rates.</summary>
    public static ObisCode ScriptTable { get; } = ObisCode.Parse("0-0:10.0.100.255");

    /// <summary>The calendar that switches.</summary>
    public CalendarTables Active { get; private set; }

    /// <summary>The calendar that will switch.</summary>
    public CalendarTables Passive { get; set; }

    /// <summary>When the passive calendar becomes the active one; null for never.</summary>
    public DateTimeOffset? CalendarTime { get; set; }

    /// <summary>The special days that hold.</summary>
    public SpecialDays ActiveDays { get; } = new();

    /// <summary>The special days that will hold with the passive calendar.</summary>
    public SpecialDays PassiveDays { get; } = new();

    /// <summary>The prices of energy.</summary>
    public PriceBook Energy { get; }

    /// <summary>The standing charge of a day.</summary>
    public PriceBook Standing { get; }

    /// <summary>The block thresholds that will hold with the passive calendar, in Wh, by rate.</summary>
    public uint[][] PassiveThresholds { get; private set; }

    /// <summary>The block thresholds in force, in Wh, by rate.</summary>
    public IReadOnlyList<uint[]> ActiveThresholds => _activeThresholds;

    /// <summary>The most that a switching time is late, in seconds.</summary>
    public int RandomisedOffsetSeconds { get; set; }

    /// <summary>How late this meter switches.</summary>
    public TimeSpan Offset => TimeSpan.FromSeconds(RandomisedOffsetSeconds * _offsetShare / OffsetShares);

    /// <summary>The rate in force, from 1.</summary>
    public int Rate { get; private set; }

    /// <summary>The block in force, from 1.</summary>
    public int Block => BlockOf(Rate);

    /// <summary>The price in force, in thousandths of a penny a kWh.</summary>
    public long PriceMillipence => Energy.Active.MillipenceOf(Rate, Block);

    /// <summary>What the last slice cost, in thousandths of a penny.</summary>
    public long LastCostMillipence { get; private set; }

    /// <summary>The rate registers, in Wh; rate 1 first.</summary>
    public IReadOnlyList<uint> RateWh => _rateWh;

    /// <summary>The block counters, in Wh: block 1 of all rates first.</summary>
    public IReadOnlyList<uint> BlockWh => _blockWh;

    /// <summary>Whether prices or calendar were activated in the last slice.</summary>
    public bool IsChanged { get; private set; }

    /// <inheritdoc/>
    public DateTimeOffset? NextDue => Earliest(CalendarTime, Energy.ActivationTime, Standing.ActivationTime);

    /// <inheritdoc/>
    public void Live(in MeterSlice slice)
    {
        IsChanged = false;
        LastCostMillipence = Count(slice.Counted.ActiveImportWh);
        ActivateDue(slice.To);
        Rate = RateAt(slice.To);
    }

    /// <summary>What energy costs that is counted from some moment on, in thousandths of a penny: by the prices in force, at the rate of
    /// that moment, in the first block.</summary>
    /// <param name="wattHours">The energy, in Wh.</param>
    /// <param name="from">The moment, by the meter's clock.</param>
    public long CostOf(uint wattHours, DateTimeOffset from) =>
        wattHours * Energy.Active.MillipenceOf(RateAt(from), block: 1) / WattHoursPerKilowattHour;

    /// <summary>The passive calendar, special days and thresholds become the active ones now.</summary>
    /// <returns>False when its tables do not fit together: nothing changes.</returns>
    public bool TryActivateCalendar()
    {
        if (!Passive.IsConsistent)
        {
            return false;
        }

        Active = Passive;
        ActiveDays.Replace([.. PassiveDays.Days]);
        _activeThresholds = [.. PassiveThresholds];
        CalendarTime = null;
        IsChanged = true;
        Reconsider();
        return true;
    }

    /// <summary>Sets the thresholds that will hold for a rate.</summary>
    public void SetPassiveThresholds(int rate, uint[] thresholds) => PassiveThresholds[rate - 1] = thresholds;

    /// <summary>Sets the thresholds of a rate now, and those that will hold with the passive calendar.</summary>
    public void SetThresholds(int rate, uint[] thresholds)
    {
        _activeThresholds[rate - 1] = thresholds;
        PassiveThresholds[rate - 1] = thresholds;
    }

    /// <summary>Resets the block counters: all blocks begin anew.</summary>
    public void ResetBlocks() => _blockWh = new uint[Blocks * BlockRates];

    /// <summary>Looks up the rate anew, after the clock was set or a table was changed.</summary>
    public void Reconsider()
    {
        _plannedDay = null;
        Rate = RateAt(_host.Now);
    }

    /// <summary>What is kept without power.</summary>
    public TariffRecord Keep() => new(
        Active, Passive, CalendarTime, [.. ActiveDays.Days], [.. PassiveDays.Days], _rateWh, _blockWh, _activeThresholds,
        PassiveThresholds, Energy.Keep(), Standing.Keep(), _remainder, Rate, RandomisedOffsetSeconds);

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(TariffRecord kept)
    {
        Active = kept.Active;
        Passive = kept.Passive;
        CalendarTime = kept.CalendarTime;
        ActiveDays.Replace(kept.ActiveDays);
        PassiveDays.Replace(kept.PassiveDays);
        _rateWh = kept.RateWh;
        _blockWh = kept.BlockWh;
        _activeThresholds = kept.ActiveThresholds;
        PassiveThresholds = kept.PassiveThresholds;
        Energy.Restore(kept.Energy);
        Standing.Restore(kept.Standing);
        _remainder = kept.Remainder;
        RandomisedOffsetSeconds = kept.RandomisedOffsetSeconds;
        Reconsider();
    }

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> times)
    {
        DateTimeOffset? earliest = null;
        foreach (DateTimeOffset? time in times)
        {
            earliest = earliest is null || time < earliest ? time ?? earliest : earliest;
        }

        return earliest;
    }

    /// <summary>The table of prices of a tariff, at the finest scale that holds them all.</summary>
    public static UnitCharge EnergyPrices(TariffOptions options)
    {
        int highest = options.Prices.Count == 0 ? 0 : options.Prices.Max(price => price.MillipencePerKilowattHour);
        sbyte scale = StandingScale(highest);
        Dictionary<string, short> table = options.Prices.ToDictionary(
            price => price.Block == 0 ? UnitCharge.IndexOf(price.Rate) : UnitCharge.IndexOf(price.Block, price.Rate),
            price => Scaled(price.MillipencePerKilowattHour, scale));
        return new UnitCharge(3, scale, 3, ObisCode.Parse("1-0:1.8.0.255"), 2, table);
    }

    // The finest scale at which the value fits the sixteen bits that a price has on the wire.
    private static sbyte StandingScale(long millipence)
    {
        sbyte scale = UnitCharge.MillipenceScale;
        for (; millipence > short.MaxValue; millipence /= 10)
        {
            scale++;
        }

        return scale;
    }

    private static short Scaled(long millipence, sbyte? atScale = null)
    {
        for (int scale = atScale ?? StandingScale(millipence); scale > UnitCharge.MillipenceScale; scale--)
        {
            millipence /= 10;
        }

        return (short)millipence;
    }

    // The switching times of a day are looked up once a day, or when a table changed.
    private int RateAt(DateTimeOffset moment)
    {
        DateTime time = (moment - Offset).UtcDateTime;
        if (_plannedDay != time.Date)
        {
            PlanDay(time.Date);
        }

        int rate = 1;
        foreach ((TimeSpan start, int next) in _dayPlan)
        {
            if (start > time.TimeOfDay)
            {
                break;
            }

            rate = next;
        }

        return rate;
    }

    private void PlanDay(DateTime day)
    {
        _plannedDay = day;
        _dayPlan.Clear();
        foreach (TimeSpan start in Active.Days.SelectMany(profile => profile.Actions).Select(action => action.Start)
            .Append(TimeSpan.Zero).Distinct().Order())
        {
            ushort? selector = Active.SelectorAt(new DateTimeOffset(day + start, TimeSpan.Zero), ActiveDays);
            _dayPlan.Add((start, selector is ushort rate and >= 1 and <= Rates ? rate : 1));
        }
    }

    private int BlockOf(int rate)
    {
        if (rate > BlockRates)
        {
            return 1;
        }

        uint counted = CountedSinceReset(rate);
        return 1 + _activeThresholds[rate - 1].Count(threshold => counted >= threshold);
    }

    private uint CountedSinceReset(int rate)
    {
        uint counted = 0;
        for (int block = 0; block < Blocks; block++)
        {
            counted += _blockWh[(block * BlockRates) + rate - 1];
        }

        return counted;
    }

    // What passes a threshold within the slice costs the next block's price from there on.
    private long Count(uint wattHours)
    {
        _rateWh[Rate - 1] = unchecked(_rateWh[Rate - 1] + wattHours);
        long milliMillipence = _remainder;
        while (wattHours > 0)
        {
            int block = Block;
            uint part = wattHours;
            if (Rate <= BlockRates)
            {
                uint[] thresholds = _activeThresholds[Rate - 1];
                part = block <= thresholds.Length ? Math.Min(part, thresholds[block - 1] - CountedSinceReset(Rate)) : part;
                int counter = ((block - 1) * BlockRates) + Rate - 1;
                _blockWh[counter] = unchecked(_blockWh[counter] + part);
            }

            milliMillipence += part * Energy.Active.MillipenceOf(Rate, block);
            wattHours -= part;
        }

        _remainder = milliMillipence % WattHoursPerKilowattHour;
        return milliMillipence / WattHoursPerKilowattHour;
    }

    private void ActivateDue(DateTimeOffset now)
    {
        if (CalendarTime <= now)
        {
            bool isDone = TryActivateCalendar();
            CalendarTime = null;
            _host.Enter(isDone ? Logs.EventCode.FutureCommandDone : Logs.EventCode.FutureCommandNotDone);
        }

        foreach (PriceBook book in (ReadOnlySpan<PriceBook>)[Energy, Standing])
        {
            if (book.ActivationTime <= now)
            {
                book.Activate();
                IsChanged = true;
                _host.Enter(Logs.EventCode.FutureCommandDone);
            }
        }
    }
}
