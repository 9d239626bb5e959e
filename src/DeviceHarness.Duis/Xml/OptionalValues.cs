using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Duis.Xml;

/// <summary>Elements of answers that hold one value and may be absent.</summary>
internal static class OptionalValues
{
    /// <summary>A whole number; null when the element is absent.</summary>
    public static long? OptionalInteger(this ElementReader parent, string name, long min = long.MinValue) =>
        parent.TryTake(DuisNames.Ra, name, out ElementReader? found) ? found.Only().Integer(min) : null;

    /// <summary>A decimal number; null when the element is absent.</summary>
    public static decimal? OptionalDecimal(this ElementReader parent, string name) =>
        parent.TryTake(DuisNames.Ra, name, out ElementReader? found) ? found.Only().Decimal() : null;

    /// <summary>A truth value; null when the element is absent.</summary>
    public static bool? OptionalBoolean(this ElementReader parent, string name) =>
        parent.TryTake(DuisNames.Ra, name, out ElementReader? found) ? found.Only().Boolean() : null;

    /// <summary>A time; null when the element is absent.</summary>
    public static DateTimeOffset? OptionalTime(this ElementReader parent, string name) =>
        parent.TryTake(DuisNames.Ra, name, out ElementReader? found) ? found.Only().Time() : null;

    /// <summary>A text of at most so many characters; null when the element is absent.</summary>
    public static string? OptionalText(this ElementReader parent, string name, int maxCharacters)
    {
        if (!parent.TryTake(DuisNames.Ra, name, out ElementReader? found))
        {
            return null;
        }

        string text = found.Only().Text();
        return text.Length <= maxCharacters
            ? text
            : throw found.Fault($"found {text.Length} characters; allowed are {maxCharacters}");
    }

    /// <summary>One of a list of words; null when the element is absent.</summary>
    public static T? OptionalWord<T>(this ElementReader parent, string name)
        where T : struct, Enum =>
        parent.TryTake(DuisNames.Ra, name, out ElementReader? found) ? found.Only().OneOf<T>(value => value.ToString()) : null;

    /// <summary>What an element that holds others says; the default when it is absent.</summary>
    public static T? OptionalGroup<T>(this ElementReader parent, string name, Func<ElementReader, T> read)
    {
        if (!parent.TryTake(DuisNames.Ra, name, out ElementReader? found))
        {
            return default;
        }

        T value = read(found.Only());
        found.End();
        return value;
    }

    /// <summary>The elements of one name, at most so many, with no attribute but those allowed.</summary>
    public static IReadOnlyList<T> Several<T>(
        this ElementReader parent, string name, int maximum, Func<ElementReader, T> read, params string[] attributes)
    {
        List<T> values = [];
        while (parent.TryTake(DuisNames.Ra, name, out ElementReader? found))
        {
            if (values.Count == maximum)
            {
                throw found.Fault($"found more than {maximum} elements '{name}'");
            }

            values.Add(read(found.Only(attributes)));
            found.End();
        }

        return values;
    }

    /// <summary>Writes a whole number; nothing when it is absent.</summary>
    public static XElement? Number(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a decimal number; nothing when it is absent.</summary>
    public static XElement? Number(string name, decimal? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a truth value; nothing when it is absent.</summary>
    public static XElement? Truth(string name, bool? value) => Text(name, value is { } known ? DuisText.Boolean(known) : null);

    /// <summary>Writes a time; nothing when it is absent.</summary>
    public static XElement? Time(string name, DateTimeOffset? value) => Text(name, value is { } known ? DuisText.Time(known) : null);

    /// <summary>Writes a text; nothing when it is absent.</summary>
    public static XElement? Text(string name, string? value) =>
        value is null ? null : new XElement(DuisNames.Ra + name, DuisXmlText.Safe(value));

    /// <summary>Writes an element with content; nothing when there is none.</summary>
    public static XElement? Group(string name, params XElement?[] content) =>
        content.All(element => element is null) ? null : new XElement(DuisNames.Ra + name, content);

    /// <summary>The elements that are there.</summary>
    public static IEnumerable<XElement> Present(params XElement?[] elements) => elements.OfType<XElement>();

    /// <summary>Reads a request for the part of a log that lies in a period.</summary>
    public static T PeriodRequest<T>(ElementReader element, Func<ReadLogPeriod, DateTimeOffset?, string?, T> make)
        where T : IPeriodRequest
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        ReadLogPeriod period = LogFormat.ReadPeriod(element);
        return make(
            period, execution, element.TryTake(DuisNames.Sr, Credentials, out ElementReader? found) ? found.Only().Token() : null);
    }

    /// <summary>Reads such a request that has no certificate.</summary>
    public static T PeriodRequest<T>(ElementReader element, Func<ReadLogPeriod, DateTimeOffset?, T> make)
        where T : IPeriodRequest
    {
        DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
        return make(LogFormat.ReadPeriod(element), execution);
    }

    /// <summary>Writes such a request.</summary>
    public static IEnumerable<XElement> PeriodRequest(IPeriodRequest body) =>
    [
        .. BodyFormats.ExecutionDateTime(body),
        LogFormat.WritePeriod(body.Period),
        .. body.KaPublicSecurityCredentials is { } credentials
            ? (XElement[])[new XElement(DuisNames.Sr + Credentials, DuisXmlText.Safe(credentials))]
            : [],
    ];

    private const string Credentials = "KAPublicSecurityCredentials";
}
