using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>Elements of requests that must be there.</summary>
internal static class RequestValues
{
    private const string TimeForm = "HH:mm:ss.FFFFFFF";
    private const string DateForm = "yyyy-MM-dd";
    private const string EveryYear = "65535";
    private const string LeapYear = "2024";

    /// <summary>A whole number.</summary>
    public static long Whole(this ElementReader parent, string name, long min, long max) =>
        parent.Take(DuisNames.Sr, name).Only().Integer(min, max);

    /// <summary>A number of 32 bits.</summary>
    public static int Int(this ElementReader parent, string name) => (int)parent.Whole(name, int.MinValue, int.MaxValue);

    /// <summary>A number of 32 bits without a sign.</summary>
    public static long Unsigned(this ElementReader parent, string name) => parent.Whole(name, 0, uint.MaxValue);

    /// <summary>A power of ten.</summary>
    public static sbyte Scale(this ElementReader parent, string name) => (sbyte)parent.Whole(name, sbyte.MinValue, sbyte.MaxValue);

    /// <summary>A truth value.</summary>
    public static bool Truth(this ElementReader parent, string name) => parent.Take(DuisNames.Sr, name).Only().Boolean();

    /// <summary>Whether an element without content is there.</summary>
    public static bool Flag(this ElementReader parent, XNamespace space, string name)
    {
        if (!parent.TryTake(space, name, out ElementReader? found))
        {
            return false;
        }

        found.Only().End();
        return true;
    }

    /// <summary>What an element that holds others says.</summary>
    public static T Within<T>(this ElementReader parent, XNamespace space, string name, Func<ElementReader, T> read)
    {
        ElementReader found = parent.Take(space, name).Only();
        T value = read(found);
        found.End();
        return value;
    }

    /// <summary>The elements of one name, so many at least and at most, with no attribute but those allowed.</summary>
    public static ValueList<T> Several<T>(
        this ElementReader parent, XNamespace space, string name, (int Least, int Most) count, Func<ElementReader, T> read,
        params string[] attributes)
    {
        List<T> values = [];
        while (parent.TryTake(space, name, out ElementReader? found))
        {
            if (values.Count == count.Most)
            {
                throw found.Fault($"found more than {count.Most} elements '{name}'");
            }

            values.Add(read(found.Only(attributes)));
            found.End();
        }

        return values.Count >= count.Least
            ? [.. values]
            : throw parent.Fault($"found {values.Count} elements '{name}'; allowed are {count.Least} to {count.Most}");
    }

    /// <summary>The attribute <c>index</c>.</summary>
    public static int Index(this ElementReader element, int max)
    {
        long index = element.IntegerAttribute("index", min: 1);
        return index <= max
            ? (int)index
            : throw element.Fault(string.Create(CultureInfo.InvariantCulture, $"attribute 'index': found {index}; allowed: 1 to {max}"));
    }

    /// <summary>A time of day, UTC.</summary>
    public static TimeOnly TimeOfDay(this ElementReader element)
    {
        string text = WithoutZone(element.Token());
        return TimeOnly.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
            ? time
            : throw element.Fault($"found '{ElementValues.Quoted(element.Token())}'; allowed is a time such as 06:30:00Z");
    }

    /// <summary>A date, of one year or of every year.</summary>
    public static CalendarDate Day(this ElementReader element)
    {
        string text = WithoutZone(element.Token());
        bool isYearly = text.StartsWith(EveryYear, StringComparison.Ordinal);
        string dated = isYearly ? $"{LeapYear}{text[EveryYear.Length..]}" : text;
        return DateOnly.TryParseExact(dated, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? new CalendarDate(isYearly ? null : date.Year, date.Month, date.Day, DayOfWeek: null)
            : throw element.Fault(
                $"found '{ElementValues.Quoted(element.Token())}'; allowed: 2026-01-05Z, or {EveryYear}-01-05Z for every year");
    }

    /// <summary>Writes a whole number.</summary>
    public static XElement Number(string name, long value) => Number(DuisNames.Sr, name, value);

    /// <summary>Writes a whole number in a namespace.</summary>
    public static XElement Number(XNamespace space, string name, long value) =>
        new(space + name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a truth value.</summary>
    public static XElement Truth(string name, bool value) => new(DuisNames.Sr + name, DuisText.Boolean(value));

    /// <summary>Writes a time of day.</summary>
    public static XElement TimeOfDay(XNamespace space, string name, TimeOnly time) =>
        new(space + name, DuisText.TimeOfDay(time));

    /// <summary>Writes a date that has its month and day.</summary>
    public static XElement Day(XNamespace space, string name, CalendarDate date)
    {
        string year = date.Year is { } one ? one.ToString("D4", CultureInfo.InvariantCulture) : EveryYear;
        return new XElement(space + name, string.Create(CultureInfo.InvariantCulture, $"{year}-{date.Month:D2}-{date.DayOfMonth:D2}Z"));
    }

    /// <summary>The attribute <c>index</c>.</summary>
    public static XAttribute Index(int index) => new("index", index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a request has an element of a name, which tells for what kind of device it is.</summary>
    public static bool Has(this ElementReader element, string child) =>
        element.Element.Elements().Any(candidate => candidate.Name.LocalName == child);

    /// <summary>Keeps a request as it came, since it is for another kind of device than the typed body is.</summary>
    public static UnmodelledRequestBody AsItCame(this ElementReader element, string srv)
    {
        while (element.TryTakeAny("any element", out _))
        {
        }

        return new UnmodelledRequestBody(srv, element.LocalName, DuisXmlText.Fragment(element.Element));
    }

    // Times and dates of the schema may name a zone; those of meters are UTC.
    private static string WithoutZone(string text) =>
        text.EndsWith('Z') ? text[..^1]
        : text.EndsWith("+00:00", StringComparison.Ordinal) || text.EndsWith("-00:00", StringComparison.Ordinal) ? text[..^6]
        : text;
}
