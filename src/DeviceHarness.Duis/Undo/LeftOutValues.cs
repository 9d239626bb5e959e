using System.Runtime.CompilerServices;

namespace DeviceHarness.Duis.Undo;

/// <summary>Takes values of a state from what a device told or, where it tells nothing, from another request, and notes which those are:
/// nobody can put them back.</summary>
internal sealed class LeftOutValues
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>What no reading told and another request gave, by its name in that request.</summary>
    public IReadOnlyList<string> Names => [.. _names];

    /// <summary>The value that was told, or else the other one.</summary>
    public T? Or<T>(T? told, T? other, [CallerArgumentExpression(nameof(other))] string place = "")
        where T : struct
    {
        Note(told is null && other is not null, place);
        return told ?? other;
    }

    /// <summary>The number that was told, or else the other one.</summary>
    public long? Or(long? told, long? other, [CallerArgumentExpression(nameof(other))] string place = "")
    {
        Note(told is null && other is not null, place);
        return told ?? other;
    }

    /// <summary>The number that was told, or else the other one, which is there.</summary>
    public long Or(long? told, long other, [CallerArgumentExpression(nameof(other))] string place = "")
    {
        Note(told is null, place);
        return told ?? other;
    }

    /// <summary>The text or group that was told, or else the other one.</summary>
    public T? OrElse<T>(T? told, T? other, [CallerArgumentExpression(nameof(other))] string place = "")
        where T : class
    {
        Note(told is null && other is not null, place);
        return told ?? other;
    }

    /// <summary>Notes a value by its name.</summary>
    public void Note(bool isLeftOut, string place)
    {
        if (isLeftOut)
        {
            _names.Add(place[(place.LastIndexOf('.') + 1)..]);
        }
    }
}
