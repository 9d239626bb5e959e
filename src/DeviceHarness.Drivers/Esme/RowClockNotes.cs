using System.Globalization;

namespace DeviceHarness.Drivers.Esme;

/// <summary>What the device's clock said of itself in the rows of the logs that one request read: an answer in DUIS has no place for it, so
/// it goes into the outcome's words.</summary>
/// <remarks>One request at a time, as its driver.</remarks>
internal sealed class RowClockNotes
{
    private readonly List<string> _notes = [];

    /// <summary>Forgets everything.</summary>
    internal void Clear() => _notes.Clear();

    /// <summary>Notes the rows whose time the device doubts.</summary>
    internal void Add(LogRows rows)
    {
        (int Row, string Status)[] doubted =
        [
            .. Enumerable.Range(0, rows.Rows.Count).Select(row => (Row: row, Status: rows.ClockStatusOf(row)))
                .Where(entry => entry.Status.Length > 0),
        ];
        foreach (IGrouping<string, (int Row, string Status)> kind in doubted.GroupBy(entry => entry.Status))
        {
            _notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"clock {kind.Key} in {kind.Count()} of {rows.Rows.Count} rows, first at {rows.Times[kind.First().Row]:u}"));
        }
    }

    /// <summary>The notes; empty when no row was doubted.</summary>
    internal string Text => string.Join("; ", _notes);
}
