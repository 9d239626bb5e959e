using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The answer to SRV 4.6.2. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, RetrieveExportDailyReadLogRsp.</remarks>
public sealed record RetrieveExportDailyReadLogRsp : SrvResponseBody
{
    /// <summary>The most entries of an answer.</summary>
    public const int MaxEntries = 31;

    /// <summary>The days, in the device's order; empty when the log has none for the period.</summary>
    public IReadOnlyList<ExportDailyReadLogEntry> Entries { get; init; } = [];

    /// <inheritdoc/>
    public override string ElementName => "RetrieveExportDailyReadLogRsp";

    /// <inheritdoc/>
    /// <remarks><c>LogEntry.Count</c> is the number of entries; <c>LogEntry[1].ActiveExportRegisterValue</c> is one of the first.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("LogEntry.Count", Entries.Count);
            for (int index = 0; index < Entries.Count; index++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"LogEntry[{index + 1}]");
                ExportDailyReadLogEntry entry = Entries[index];
                values.Add($"{path}.Timestamp", entry.Timestamp)
                    .Add($"{path}.ActiveExportRegisterValue", entry.ActiveExportRegisterValue);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(RetrieveExportDailyReadLogRsp? other) =>
        other is not null && MessageSuccess == other.MessageSuccess && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Entries.Count);
}
