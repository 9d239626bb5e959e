using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The answer to SRV 4.8.1. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadActiveImportProfileDataRsp.</remarks>
public sealed record ReadActiveImportProfileDataRsp : SrvResponseBody
{
    /// <summary>The most entries of an answer.</summary>
    public const int MaxEntries = 19056;

    /// <summary>The half-hours, in the device's order; empty when the log has none for the period.</summary>
    public IReadOnlyList<ActiveImportProfileEntry> Entries { get; init; } = [];

    /// <inheritdoc/>
    public override string ElementName => "ReadActiveImportProfileDataRsp";

    /// <inheritdoc/>
    /// <remarks><c>LogEntry.Count</c> is the number of entries; <c>LogEntry[1].Electricity.PrimaryValue</c> is one of the first. A gas
    /// meter's also has <c>LogEntry.Sum</c>, in cubic metres, <c>LogEntry.Missing</c>, the number of entries without a value, and
    /// <c>LogEntry.First</c> and <c>LogEntry.Last</c>, their times.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("LogEntry.Count", Entries.Count);
            for (int index = 0; index < Entries.Count; index++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"LogEntry[{index + 1}]");
                ActiveImportProfileEntry entry = Entries[index];
                values.Add($"{path}.Timestamp", entry.Timestamp)
                    .Add($"{path}.Electricity.PrimaryValue", entry.PrimaryValue)
                    .Add($"{path}.Electricity.SecondaryValue", entry.SecondaryValue)
                    .Add($"{path}.Gas.PrimaryValue", entry.GasValue);
            }

            if (Entries.Any(entry => entry.IsGas))
            {
                GasTotals.AddTo(values, [.. Entries.Select(entry => (entry.Timestamp, entry.GasValue))]);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadActiveImportProfileDataRsp? other) =>
        other is not null && MessageSuccess == other.MessageSuccess && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Entries.Count);
}
