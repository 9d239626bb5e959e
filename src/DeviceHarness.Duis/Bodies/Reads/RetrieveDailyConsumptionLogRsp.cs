using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The answer to SRV 4.17. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, RetrieveDailyConsumptionLogRsp.</remarks>
public sealed record RetrieveDailyConsumptionLogRsp : SrvResponseBody
{
    /// <summary>The most entries of an answer.</summary>
    public const int MaxEntries = 731;

    /// <summary>Whether the days are a gas meter's.</summary>
    public bool IsGas { get; init; }

    /// <summary>The days, in the device's order; empty when the log has none for the period.</summary>
    public IReadOnlyList<DailyConsumptionEntry> Entries { get; init; } = [];

    /// <inheritdoc/>
    public override string ElementName => "RetrieveDailyConsumptionLogRsp";

    /// <inheritdoc/>
    /// <remarks><c>LogEntry.Count</c> is the number of entries; <c>LogEntry[1].Value</c> is one of the first. A gas
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
                DailyConsumptionEntry entry = Entries[index];
                values.Add($"{path}.Timestamp", entry.Timestamp)
                    .Add($"{path}.Value", entry.Value);
            }

            if (IsGas)
            {
                GasTotals.AddTo(values, [.. Entries.Select(entry => (entry.Timestamp, entry.Value))]);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(RetrieveDailyConsumptionLogRsp? other) =>
        other is not null && MessageSuccess == other.MessageSuccess && IsGas == other.IsGas
        && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Entries.Count);
}
