using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Objects;

/// <summary>A profile over a log of numbers.</summary>
/// <param name="logicalName">The logical name.</param>
/// <param name="meter">The inside of the meter.</param>
/// <param name="log">The rows.</param>
/// <param name="periodSeconds">The capture period; 0 for rows that come with events.</param>
/// <param name="columns">The columns after the clock's, each with whether its numbers have a sign.</param>
/// <param name="setPeriod">Takes another capture period; null when nobody may set it.</param>
internal sealed class LogProfile(
    ObisCode logicalName, EsmeState meter, MeterLog log, Func<uint> periodSeconds,
    IReadOnlyList<(ProfileColumn Column, bool IsSigned)> columns, AttributeSetter? setPeriod = null)
    : CosemProfile<EsmeState>(
        logicalName, meter, (uint)log.Capacity, [.. columns.Select(column => column.Column)], reset: null,
        setPeriod is null ? null : ClientAccess.Management)
{
    /// <inheritdoc/>
    protected override uint CapturePeriodSeconds => periodSeconds();

    /// <inheritdoc/>
    protected override int RowCount => log.Count;

    /// <inheritdoc/>
    protected override (DateTimeOffset Stamp, bool IsValid) StampOf(int row) => (log[row].Stamp, log[row].IsStampValid);

    /// <inheritdoc/>
    protected override void EncodeCaptured(int row, int column, ref AxdrWriter writer)
    {
        long value = log[row].Values[column - 1];
        if (columns[column - 1].IsSigned)
        {
            writer.WriteDoubleLong((int)value);
        }
        else
        {
            writer.WriteDoubleLongUnsigned((uint)value);
        }
    }

    /// <inheritdoc/>
    protected override DataAccessResult Accept(int attribute, ReadOnlySpan<byte> data)
    {
        if (setPeriod is null)
        {
            throw Unknown(attribute);
        }

        Meter.Settle();
        DataAccessResult result = setPeriod(data);
        if (result == DataAccessResult.Success)
        {
            Meter.Keep();
        }

        return result;
    }
}
