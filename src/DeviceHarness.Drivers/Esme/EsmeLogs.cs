using System.Buffers;
using System.Globalization;
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
    private static readonly ObisCode EventCode = ObisCode.Parse("0-0:96.11.0.255");

    /// <inheritdoc/>
    public IReadOnlyCollection<EventLog> EventLogs { get; } = [.. map.Logs.EventLogs.Keys.Order()];

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
    public async ValueTask<IReadOnlyList<EventLogEntry>> ReadEventLogAsync(
        EventLog log, ReadLogPeriod period, CancellationToken cancellationToken)
    {
        LogRows rows = await ReadAsync(map.Logs.EventLogs[log], period, cancellationToken).ConfigureAwait(false);
        int code = rows.IndexOf(column => column.Attribute.LogicalName == EventCode);
        if (code < 0)
        {
            throw rows.Unexpected($"no column for the event code {EventCode}");
        }

        int other = rows.IndexOf(column =>
            column.Attribute.LogicalName != EventCode && column.Attribute.LogicalName != map.ClockTime.LogicalName);
        return [.. rows.Rows.Select((row, index) => new EventLogEntry(
            rows.Times[index], Hex(row[code]), LogMeaning: null, other < 0 ? null : Hex(row[other])))
            .TakeLast(ReadEventOrSecurityLogRsp.MaxEntries)];
    }

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

    private static string Hex(DlmsData value)
    {
        if (!value.TryGetInt64(out long number))
        {
            return Convert.ToHexString(value.Octets.Span);
        }

        // Event codes have four digits; a longer number keeps all of its own.
        string digits = number.ToString("X4", CultureInfo.InvariantCulture);
        return digits.Length % 2 == 0 ? digits : $"0{digits}";
    }
}
