using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Reads the logs of an electricity meter. Columns are found by what the meter says that it captures.</summary>
internal sealed class EsmeLogs(DlmsClient client, EsmeObjectMap map, string port, RowClockNotes notes) : ILogReader
{
    private const ushort RegisterClass = 3;
    private const int ScalerUnitAttribute = 3;
    private const int MaximumTariffRegisters = 48;

    private readonly EventLogBuffers _events = new(client, map.Logs.EventLogs, map.ClockTime, port, notes);

    /// <inheritdoc/>
    public IReadOnlyCollection<EventLog> EventLogs => _events.EventLogs;

    /// <summary>Whether the device model has a daily read log.</summary>
    internal bool HasDailyReadLog => map.Logs.DailyReadLog is not null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ImportDailyReadLogEntry>> ReadDailyReadLogAsync(
        ReadLogPeriod period, CancellationToken cancellationToken)
    {
        LogRows rows = await ReadAsync(map.Logs.DailyReadLog!.Value, period, cancellationToken).ConfigureAwait(false);
        int total = rows.IndexOf(column => column.Attribute == map.ActiveEnergyImport.Value);
        List<(int Column, int Tariff)> tariffs = [.. Tariffs(rows.Columns).OrderBy(tariff => tariff.Tariff)];
        Dictionary<int, ScalerUnit> scalers = [];
        foreach (int column in tariffs.Select(tariff => tariff.Column).Append(total).Where(column => column >= 0 && rows.Rows.Count > 0))
        {
            scalers[column] = await ReadScalerAsync(rows.Columns[column], cancellationToken).ConfigureAwait(false);
        }

        if (rows.Rows.Count > RetrieveImportDailyReadLogRsp.MaxEntries)
        {
            throw rows.Unexpected($"{rows.Rows.Count} days where at most {RetrieveImportDailyReadLogRsp.MaxEntries} were expected");
        }

        return [.. rows.Rows.Select((row, index) => new ImportDailyReadLogEntry
        {
            Timestamp = rows.Times[index],
            Consumption = total < 0 ? null : Scaled(rows, row[total], scalers[total]),
            Matrices = tariffs.Count == 0
                ? []
                : [new ReadingMatrix(ImportDailyReadLogEntry.TimeOfUseMatrix, [.. tariffs.Select(tariff =>
                    new IndexedReading(tariff.Tariff, Scaled(rows, row[tariff.Column], scalers[tariff.Column])))])],
        })];
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EventLogEntry>> ReadEventLogAsync(
        EventLog log, ReadLogPeriod period, CancellationToken cancellationToken) =>
        _events.ReadEventLogAsync(log, period, cancellationToken);

    private ValueTask<LogRows> ReadAsync(ObisCode name, ReadLogPeriod period, CancellationToken cancellationToken) =>
        new LogBuffer(client, name, map.ClockTime, port, notes).ReadRangeAsync(period, cancellationToken);

    private async ValueTask<ScalerUnit> ReadScalerAsync(CaptureObject column, CancellationToken cancellationToken)
    {
        CosemAttributeDescriptor attribute = column.Attribute with { AttributeId = ScalerUnitAttribute };
        ReadOnlyMemory<byte> data = await client.GetAsync(attribute, cancellationToken).ConfigureAwait(false);
        string what = $"{port}: GET {attribute}";
        if (ScalerUnit.Decode(data.Span, out ScalerUnit scaler, out _, out Codecs.CodecFault fault) != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(data, fault, what);
        }

        return scaler.Unit == map.ActiveEnergyImport.Unit
            ? scaler
            : throw DlmsFaults.Unexpected(data, what, $"unit {scaler.Unit} where {map.ActiveEnergyImport.Unit} was expected");
    }

    /// <summary>The columns of time-of-use registers: E of the import register's logical name counts them from 1.</summary>
    private IEnumerable<(int Column, int Tariff)> Tariffs(IReadOnlyList<CaptureObject> columns)
    {
        ObisCode total = map.ActiveEnergyImport.Value.LogicalName;
        for (int column = 0; column < columns.Count; column++)
        {
            CosemAttributeDescriptor captured = columns[column].Attribute;
            bool isTariff = captured.ClassId == RegisterClass && captured.AttributeId == map.ActiveEnergyImport.Value.AttributeId
                && captured.LogicalName.E is > 0 and <= MaximumTariffRegisters
                && captured.LogicalName with { E = total.E } == total;
            if (isTariff)
            {
                yield return (column, captured.LogicalName.E);
            }
        }
    }

    private static decimal Scaled(LogRows rows, DlmsData value, ScalerUnit scaler) =>
        value.TryGetInt64(out long raw) && scaler.TryScale(raw, out decimal quantity)
            ? decimal.Truncate(quantity)
            : throw rows.Unexpected($"the value {value} is no reading");
}
