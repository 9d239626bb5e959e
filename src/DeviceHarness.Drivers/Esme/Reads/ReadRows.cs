using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Esme.Reads;

/// <summary>The rows of a log, with its columns found by what the profile says that they hold.</summary>
internal sealed class ReadRows
{
    private readonly LogRows _rows;
    private readonly IReadOnlyDictionary<string, ReadObject> _objects;
    private readonly CosemAttributeDescriptor _clock;
    private readonly Func<CosemAttributeDescriptor, byte, CancellationToken, ValueTask<ScalerUnit>> _readScaler;
    private string? _onlyColumnIs;

    internal ReadRows(
        LogRows rows,
        IReadOnlyDictionary<string, ReadObject> objects,
        CosemAttributeDescriptor clock,
        Func<CosemAttributeDescriptor, byte, CancellationToken, ValueTask<ScalerUnit>> readScaler)
    {
        _rows = rows;
        _objects = objects;
        _clock = clock;
        _readScaler = readScaler;
    }

    /// <summary>How many rows there are.</summary>
    internal int Count => _rows.Rows.Count;

    /// <summary>The time of a row.</summary>
    internal DateTimeOffset? TimeOf(int row) => _rows.Times[row];

    /// <summary>The numbers of a column in their unit, row by row; null data repeats the row before. A value that the profile does not
    /// name is absent in every row.</summary>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent, or does not
    /// capture what the profile names.</exception>
    internal async ValueTask<decimal?[]> NumbersAsync(string field, CancellationToken cancellationToken)
    {
        decimal?[] numbers = new decimal?[Count];
        if (!_objects.TryGetValue(field, out ReadObject? place) || Count == 0)
        {
            return numbers;
        }

        int column = ColumnOf(place, field);
        CosemAttributeDescriptor captured = _rows.Columns[column].Attribute;
        ScalerUnit? scaler = place.Unit is { } unit && ReadObject.HasScalerUnit(captured.ClassId)
            ? await _readScaler(captured, unit, cancellationToken).ConfigureAwait(false)
            : null;
        for (int row = 0; row < Count; row++)
        {
            DlmsData value = _rows.Rows[row][column];
            decimal? before = row == 0 ? null : numbers[row - 1];
            numbers[row] = value.IsNull ? before : ReadValues.Scaled(value, scaler, $"column {captured}, row {row + 1}");
        }

        return numbers;
    }

    /// <summary>The whole numbers of a column, fractions cut off.</summary>
    /// <exception cref="Abstractions.Errors.HarnessException">As <see cref="NumbersAsync"/>.</exception>
    internal async ValueTask<long?[]> IntegersAsync(string field, CancellationToken cancellationToken)
    {
        decimal?[] numbers = await NumbersAsync(field, cancellationToken).ConfigureAwait(false);
        return [.. numbers.Select(number => number is { } known ? ReadValues.Whole(known, field) : (long?)null)];
    }

    /// <summary>The column that captures what the profile names; else the only one beside the clock, for the first value that asks: it
    /// does not hold two.</summary>
    private int ColumnOf(ReadObject place, string field)
    {
        int column = _rows.IndexOf(candidate => candidate.Attribute == place.Attribute);
        if (column >= 0)
        {
            return column;
        }

        bool isAlone = _rows.Columns.Count(candidate => candidate.Attribute != _clock) == 1;
        if (!isAlone || (_onlyColumnIs ??= field) != field)
        {
            throw _rows.Unexpected($"no column for {field}, {place.Attribute}");
        }

        return _rows.IndexOf(candidate => candidate.Attribute != _clock);
    }
}
