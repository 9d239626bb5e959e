using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The daily read log: the active import register at each midnight of the meter's clock.</summary>
internal sealed class DailyReadProfile(ObisCode logicalName, EsmeState meter, ObisCode activeImport)
    : CosemProfile<EsmeState>(
        logicalName, meter, DailyReadLog.Capacity, [new ProfileColumn(RegisterClass, activeImport, 2)], reset: null)
{
    private const uint SecondsPerDay = 86_400;
    private const ushort RegisterClass = 3;

    /// <inheritdoc/>
    protected override uint CapturePeriodSeconds => SecondsPerDay;

    /// <inheritdoc/>
    protected override int RowCount => Meter.DailyReads.Rows.Count;

    /// <inheritdoc/>
    protected override (DateTimeOffset Stamp, bool IsValid) StampOf(int row)
    {
        DailyReading reading = Meter.DailyReads.Rows[row];
        return (Meter.Has(EsmeDefects.LogShifted) ? reading.Stamp.AddDays(1) : reading.Stamp, reading.IsStampValid);
    }

    /// <inheritdoc/>
    protected override void EncodeCaptured(int row, int column, ref AxdrWriter writer) =>
        writer.WriteDoubleLongUnsigned(Meter.DailyReads.Rows[row].ActiveImportWh);
}
