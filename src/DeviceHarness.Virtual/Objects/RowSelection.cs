using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Which rows and columns of a profile a client selected.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 7 selective access, as the domain guide gives it: selector 1 range, selector 2 entry. Both bounds
/// belong to the selection; the range is over the clock column.</remarks>
internal readonly record struct RowSelection
{
    private const byte RangeSelector = 1;
    private const byte EntrySelector = 2;
    private const int Fields = 4;

    private RowSelection(DateTimeOffset from, DateTimeOffset to, long firstEntry, long lastEntry, int[] columns)
    {
        From = from;
        To = to;
        FirstEntry = firstEntry;
        LastEntry = lastEntry;
        Columns = columns;
    }

    /// <summary>The first time that belongs to it, UTC.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The last time that belongs to it, UTC.</summary>
    public DateTimeOffset To { get; }

    /// <summary>The first row that belongs to it, from 1.</summary>
    public long FirstEntry { get; }

    /// <summary>The last row that belongs to it.</summary>
    public long LastEntry { get; }

    /// <summary>The columns that belong to it, from 0, in their order.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>Everything.</summary>
    public static RowSelection All(int columns) =>
        new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 1, long.MaxValue, [.. Enumerable.Range(0, columns)]);

    /// <summary>Reads what a client selected.</summary>
    /// <param name="selection">The selector and its parameters.</param>
    /// <param name="columns">The columns of the profile.</param>
    /// <param name="rows">The selection.</param>
    /// <returns>12 for parameters of another form, 13 for what the profile does not have, 250 for a bound that is no moment.</returns>
    public static DataAccessResult TryRead(
        in SelectiveAccess selection, IReadOnlyList<ProfileColumn> columns, out RowSelection rows)
    {
        rows = All(columns.Count);
        AxdrReader reader = new(selection.Parameters);
        if (selection.Selector is not (RangeSelector or EntrySelector))
        {
            return DataAccessResult.ScopeOfAccessViolated;
        }

        if (!reader.TryReadValue(out AxdrValue head) || head.Type != DlmsDataType.Structure || head.Count != Fields)
        {
            return DataAccessResult.TypeUnmatched;
        }

        return selection.Selector == RangeSelector ? ReadRange(ref reader, columns, ref rows) : ReadEntries(ref reader, columns, ref rows);
    }

    private static DataAccessResult ReadRange(
        scoped ref AxdrReader reader, IReadOnlyList<ProfileColumn> columns, ref RowSelection rows)
    {
        if (!ProfileColumn.TryRead(ref reader, out ProfileColumn restricting)
            || !TryReadMomentOctets(ref reader, out ReadOnlySpan<byte> from) || !TryReadMomentOctets(ref reader, out ReadOnlySpan<byte> to)
            || !reader.TryReadValue(out AxdrValue list) || list.Type != DlmsDataType.Array)
        {
            return DataAccessResult.TypeUnmatched;
        }

        List<int> selected = [];
        for (int index = 0; index < list.Count; index++)
        {
            if (!ProfileColumn.TryRead(ref reader, out ProfileColumn column))
            {
                return DataAccessResult.TypeUnmatched;
            }

            int position = columns.ToList().IndexOf(column);
            if (position < 0)
            {
                return DataAccessResult.ScopeOfAccessViolated;
            }

            selected.Add(position);
        }

        if (reader.RemainingOctets > 0)
        {
            return DataAccessResult.TypeUnmatched;
        }

        if (restricting != ProfileColumn.Clock)
        {
            return DataAccessResult.ScopeOfAccessViolated;
        }

        if (!ClockOctets.TryRead(from, out DateTimeOffset first) || !ClockOctets.TryRead(to, out DateTimeOffset last))
        {
            return DataAccessResult.OtherReason;
        }

        rows = new RowSelection(first, last, 1, long.MaxValue, selected.Count == 0 ? [.. rows.Columns] : [.. selected.Order()]);
        return DataAccessResult.Success;
    }

    private static DataAccessResult ReadEntries(
        scoped ref AxdrReader reader, IReadOnlyList<ProfileColumn> columns, ref RowSelection rows)
    {
        if (!TryReadNumber(ref reader, DlmsDataType.DoubleLongUnsigned, out long first)
            || !TryReadNumber(ref reader, DlmsDataType.DoubleLongUnsigned, out long last)
            || !TryReadNumber(ref reader, DlmsDataType.LongUnsigned, out long firstColumn)
            || !TryReadNumber(ref reader, DlmsDataType.LongUnsigned, out long lastColumn)
            || reader.RemainingOctets > 0)
        {
            return DataAccessResult.TypeUnmatched;
        }

        lastColumn = lastColumn == 0 ? columns.Count : lastColumn;
        if (first < 1 || firstColumn < 1 || lastColumn > columns.Count || firstColumn > lastColumn)
        {
            return DataAccessResult.ScopeOfAccessViolated;
        }

        rows = new RowSelection(
            rows.From, rows.To, first, last == 0 ? long.MaxValue : last,
            [.. Enumerable.Range((int)firstColumn - 1, (int)(lastColumn - firstColumn + 1))]);
        return DataAccessResult.Success;
    }

    private static bool TryReadNumber(scoped ref AxdrReader reader, DlmsDataType type, out long value)
    {
        value = 0;
        return reader.TryReadValue(out AxdrValue read) && read.Type == type && read.TryGetInt64(out value);
    }

    private static bool TryReadMomentOctets(scoped ref AxdrReader reader, out ReadOnlySpan<byte> octets)
    {
        bool isRead = reader.TryReadValue(out AxdrValue read) && read.Type is DlmsDataType.OctetString or DlmsDataType.DateTime
            && read.Octets.Length == ClockOctets.OctetCount;
        octets = isRead ? read.Octets : default;
        return isRead;
    }
}
