using System.Globalization;

namespace DeviceHarness.Duis.Bodies;

/// <summary>Collects a body's values by path; a value that is null has no entry.</summary>
internal sealed class BodyValues
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The values, by path in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Entries => _values;

    /// <summary>Starts with the attribute that every response body can carry.</summary>
    public static BodyValues Of(SrvResponseBody body) => new BodyValues().Add(SrvResponseBody.MessageSuccessPath, body.MessageSuccess);

    /// <summary>Adds a text.</summary>
    public BodyValues Add(string path, string? value)
    {
        if (value is not null)
        {
            _values.Add(path, value);
        }

        return this;
    }

    /// <summary>Adds a number.</summary>
    public BodyValues Add(string path, long? value) => Add(path, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a decimal number.</summary>
    public BodyValues Add(string path, decimal? value) => Add(path, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a truth value.</summary>
    public BodyValues Add(string path, bool? value) => Add(path, value is null ? null : DuisText.Boolean(value.Value));

    /// <summary>Adds a time.</summary>
    public BodyValues Add(string path, DateTimeOffset? value) => Add(path, value is null ? null : DuisText.Time(value.Value));
}
