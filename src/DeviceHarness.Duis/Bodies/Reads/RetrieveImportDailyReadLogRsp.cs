using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The answer to SRV 4.6.1. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, RetrieveImportDailyReadLogRsp.</remarks>
public sealed record RetrieveImportDailyReadLogRsp : SrvResponseBody
{
    /// <summary>The most days of an answer.</summary>
    public const int MaxEntries = 31;

    /// <summary>The days, in the device's order; empty when the log has none for the period.</summary>
    public IReadOnlyList<ImportDailyReadLogEntry> Entries { get; init; } = [];

    /// <inheritdoc/>
    public override string ElementName => "RetrieveImportDailyReadLogRsp";

    /// <inheritdoc/>
    /// <remarks><c>LogEntry.Count</c> is the number of days; <c>LogEntry[1].Electricity.ElecActiveImportRegisterConsumption</c> is the
    /// first one's reading.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("LogEntry.Count", Entries.Count);
            for (int index = 0; index < Entries.Count; index++)
            {
                Add(values, string.Create(CultureInfo.InvariantCulture, $"LogEntry[{index + 1}]"), Entries[index]);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(RetrieveImportDailyReadLogRsp? other) =>
        other is not null && MessageSuccess == other.MessageSuccess && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Entries.Count);

    private static void Add(BodyValues values, string path, ImportDailyReadLogEntry entry)
    {
        string device = entry.IsGas ? "Gas.Gas" : "Electricity.Elec";
        values.Add($"{path}.Timestamp", entry.Timestamp)
            .Add($"{path}.{device}ActiveImportRegisterConsumption", entry.Consumption)
            .Add($"{path}.Electricity.SecondaryActiveImportRegisterConsumption", entry.SecondaryConsumption);
        foreach (ReadingMatrix matrix in entry.Matrices)
        {
            // Places that are missing or stated twice cannot name values: then their order does.
            bool hasPlaces = matrix.Values.Select(value => value.Index).Distinct().Count() == matrix.Values.Count
                && matrix.Values.All(value => value.Index is not null);
            for (int index = 0; index < matrix.Values.Count; index++)
            {
                int place = hasPlaces ? matrix.Values[index].Index!.Value : index + 1;
                string name = string.Create(
                    CultureInfo.InvariantCulture, $"{path}.{(entry.IsGas ? "Gas" : "Electricity")}.{matrix.Name}[{place}]");
                values.Add(name, matrix.Values[index].Value);
            }
        }
    }
}
