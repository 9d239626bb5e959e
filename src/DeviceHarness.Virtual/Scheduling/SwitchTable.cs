using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Scheduling;

/// <summary>An entry of a schedule.</summary>
/// <param name="Index">Its number.</param>
/// <param name="IsEnabled">Whether it holds.</param>
/// <param name="Script">The script table.</param>
/// <param name="Selector">The script.</param>
/// <param name="Time">The time of day.</param>
/// <param name="ValidityMinutes">How long after a power cut it is still carried out, in minutes; FFFF for always.</param>
/// <param name="Weekdays">The days of the week, Monday the most significant of seven bits.</param>
/// <param name="SpecialDays">The special day profiles, in hexadecimal: bit n is day profile n + 1.</param>
/// <param name="Begin">The first date.</param>
/// <param name="End">The last date.</param>
internal sealed record SwitchEntry(
    ushort Index, bool IsEnabled, ObisCode Script, ushort Selector, TimeSpan Time, ushort ValidityMinutes, byte Weekdays,
    string SpecialDays, CosemDate Begin, CosemDate End);

/// <summary>A schedule of switching times over the week.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 10; its element is not in the domain guide and follows the class as generally known: an assumption
/// of the harness. On a special day the entries that name its day profile hold, on others those of the day of the week.</remarks>
internal sealed class SwitchTable
{
    /// <summary>The most entries.</summary>
    public const int Capacity = 48;

    /// <summary>How many special day profiles an entry can name.</summary>
    public const int SpecialDayBits = 16;

    private readonly SortedDictionary<ushort, SwitchEntry> _entries = [];

    public SwitchTable(SpecialDays specialDays, IEnumerable<SwitchEntry>? entries = null)
    {
        SpecialDays = specialDays;
        foreach (SwitchEntry entry in entries ?? [])
        {
            _entries[entry.Index] = entry;
        }
    }

    /// <summary>The special days.</summary>
    public SpecialDays SpecialDays { get; }

    /// <summary>The entries, by index.</summary>
    public IReadOnlyCollection<SwitchEntry> Entries => _entries.Values;

    /// <summary>The script in force at a moment; null without an entry in the last week.</summary>
    /// <param name="moment">The moment, by the meter's clock.</param>
    /// <param name="lowest">The lowest script that is looked at.</param>
    /// <param name="highest">The highest.</param>
    public ushort? SelectorAt(DateTimeOffset moment, int lowest = 0, int highest = ushort.MaxValue)
    {
        DateTime date = moment.UtcDateTime.Date;
        TimeSpan time = moment.UtcDateTime.TimeOfDay;
        for (int back = 0; back <= 7; back++)
        {
            DateTime day = date.AddDays(-back);
            SwitchEntry? last = _entries.Values
                .Where(entry => entry.IsEnabled && entry.Selector >= lowest && entry.Selector <= highest
                    && HoldsOn(entry, day) && (back > 0 || entry.Time <= time))
                .MaxBy(entry => entry.Time);
            if (last is not null)
            {
                return last.Selector;
            }
        }

        return null;
    }

    /// <summary>Replaces all entries.</summary>
    public void Replace(IReadOnlyList<SwitchEntry> entries)
    {
        _entries.Clear();
        foreach (SwitchEntry entry in entries)
        {
            _entries[entry.Index] = entry;
        }
    }

    /// <summary>Method 1: enables or disables a range of entries; an empty range (first above last) is none.</summary>
    public ActionResult Enable(ushort first, ushort last, bool isEnabled)
    {
        foreach (ushort index in _entries.Keys.Where(index => index >= first && index <= last).ToList())
        {
            _entries[index] = _entries[index] with { IsEnabled = isEnabled };
        }

        return ActionResult.Success;
    }

    /// <summary>Disables all entries.</summary>
    public void DisableAll() => Enable(0, ushort.MaxValue, isEnabled: false);

    /// <summary>Method 2: inserts an entry; one of the same index is replaced.</summary>
    /// <returns>250 when the table is full.</returns>
    public ActionResult Insert(SwitchEntry entry)
    {
        if (_entries.Count == Capacity && !_entries.ContainsKey(entry.Index))
        {
            return ActionResult.OtherReason;
        }

        _entries[entry.Index] = entry;
        return ActionResult.Success;
    }

    /// <summary>Method 3: deletes a range of entries.</summary>
    /// <returns>250 when there is none.</returns>
    public ActionResult Delete(ushort first, ushort last)
    {
        List<ushort> doomed = [.. _entries.Keys.Where(index => index >= first && index <= last)];
        doomed.ForEach(index => _entries.Remove(index));
        return doomed.Count > 0 ? ActionResult.Success : ActionResult.OtherReason;
    }

    private bool HoldsOn(SwitchEntry entry, DateTime day)
    {
        if (!IsWithin(entry, day))
        {
            return false;
        }

        if (SpecialDays.DayIdOn(day) is not byte special)
        {
            return (entry.Weekdays & (0x80 >> CosemDay.IndexOf(day))) != 0;
        }

        byte[] bits = Convert.FromHexString(entry.SpecialDays);
        int bit = special - 1;
        return bit >= 0 && bit < bits.Length * 8 && (bits[bit / 8] & (0x80 >> (bit % 8))) != 0;
    }

    // Dates without a year bound nothing: what such a bound means over the turn of the year is not said anywhere.
    private static bool IsWithin(SwitchEntry entry, DateTime day) =>
        (DateOf(entry.Begin) is not DateTime begin || day >= begin) && (DateOf(entry.End) is not DateTime end || day <= end);

    private static DateTime? DateOf(in CosemDate date) =>
        date.Year is >= 2000 and <= 2099 && date.Month is >= 1 and <= 12 && date.Day >= 1
            && date.Day <= DateTime.DaysInMonth(date.Year, date.Month)
            ? new DateTime(date.Year, date.Month, date.Day, 0, 0, 0, DateTimeKind.Utc)
            : null;
}
