using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Virtual.Tariff;

/// <summary>A day with a profile of its own.</summary>
/// <param name="Index">Its number in the table.</param>
/// <param name="Date">The date; parts may be unspecified.</param>
/// <param name="DayId">The day profile.</param>
internal sealed record SpecialDay(ushort Index, CosemDate Date, byte DayId);

/// <summary>A table of special days.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 11, as the domain guide gives it. An entry of the same index replaces the one that is
/// there.</remarks>
internal sealed class SpecialDays
{
    /// <summary>The most entries.</summary>
    public const int Capacity = 50;

    private readonly SortedDictionary<ushort, SpecialDay> _days = [];

    public SpecialDays(IEnumerable<SpecialDay>? days = null)
    {
        foreach (SpecialDay day in days ?? [])
        {
            _days[day.Index] = day;
        }
    }

    /// <summary>The entries, by index.</summary>
    public IReadOnlyCollection<SpecialDay> Days => _days.Values;

    /// <summary>The day profile of a date; null when it is a day like others.</summary>
    public byte? DayIdOn(DateTime date)
    {
        foreach (SpecialDay day in _days.Values)
        {
            if (CosemDay.Matches(day.Date, date))
            {
                return day.DayId;
            }
        }

        return null;
    }

    /// <summary>Replaces all entries.</summary>
    public void Replace(IReadOnlyList<SpecialDay> days)
    {
        _days.Clear();
        foreach (SpecialDay day in days)
        {
            _days[day.Index] = day;
        }
    }

    /// <summary>Method 1: inserts an entry.</summary>
    /// <returns>250 when the table is full.</returns>
    public ActionResult Insert(SpecialDay day)
    {
        if (_days.Count == Capacity && !_days.ContainsKey(day.Index))
        {
            return ActionResult.OtherReason;
        }

        _days[day.Index] = day;
        return ActionResult.Success;
    }

    /// <summary>Method 2: deletes an entry.</summary>
    /// <returns>250 when there is none of that index.</returns>
    public ActionResult Delete(ushort index) => _days.Remove(index) ? ActionResult.Success : ActionResult.OtherReason;
}
