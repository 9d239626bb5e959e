using System.Globalization;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Duis.Bodies.Network;

/// <summary>The answer to SRV 4.10. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadNetworkDataRsp.</remarks>
public sealed record ReadNetworkDataRsp : SrvResponseBody
{
    /// <summary>The most entries of an answer.</summary>
    public const int MaxEntries = 4320;

    /// <summary>The most entries of a gas meter's answer.</summary>
    public const int MaxGasEntries = 41;

    /// <summary>The network data log of a gas meter, in the device's order; null for an electricity meter.</summary>
    public IReadOnlyList<GasNetworkDataEntry>? GasEntries { get; init; }

    /// <summary>The average voltages of a single-phase meter, in the device's order; empty when the log has none for the period.</summary>
    public IReadOnlyList<AverageVoltageEntry> Entries { get; init; } = [];

    /// <summary>How often the average voltage was above its limit; null when absent.</summary>
    public long? AvgRmsOverVoltageCounter { get; init; }

    /// <summary>How often the average voltage was below its limit; null when absent.</summary>
    public long? AvgRmsUnderVoltageCounter { get; init; }

    /// <summary>The period of an average, in seconds; null when absent.</summary>
    public long? MeasurementPeriod { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadNetworkDataRsp";

    /// <inheritdoc/>
    /// <remarks><c>LogEntry.Count</c> is the number of entries; <c>LogEntry[1].Value</c> is one of the first. A gas meter's also has
    /// <c>LogEntry.Sum</c>, in cubic metres, <c>LogEntry.Missing</c>, the number of entries without a value, and <c>LogEntry.First</c>
    /// and <c>LogEntry.Last</c>, their times.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("LogEntry.Count", GasEntries?.Count ?? Entries.Count)
                .Add("AvgRMSOverVoltageCounter", AvgRmsOverVoltageCounter)
                .Add("AvgRMSUnderVoltageCounter", AvgRmsUnderVoltageCounter)
                .Add("MeasurementPeriod", MeasurementPeriod);
            for (int index = 0; index < Entries.Count; index++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"LogEntry[{index + 1}]");
                AverageVoltageEntry entry = Entries[index];
                values.Add($"{path}.Timestamp", entry.Timestamp)
                    .Add($"{path}.Value", entry.Value);
            }

            for (int index = 0; index < GasEntries?.Count; index++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"LogEntry[{index + 1}]");
                values.Add($"{path}.Timestamp", GasEntries[index].Timestamp)
                    .Add($"{path}.Value", GasEntries[index].Value);
            }

            if (GasEntries is not null)
            {
                GasTotals.AddTo(values, [.. GasEntries.Select(entry => (entry.Timestamp, entry.Value))]);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadNetworkDataRsp? other) =>
        other is not null && MessageSuccess == other.MessageSuccess
        && AvgRmsOverVoltageCounter == other.AvgRmsOverVoltageCounter && AvgRmsUnderVoltageCounter == other.AvgRmsUnderVoltageCounter
        && MeasurementPeriod == other.MeasurementPeriod && Entries.SequenceEqual(other.Entries)
        && GasEntries is null == other.GasEntries is null && (GasEntries ?? []).SequenceEqual(other.GasEntries ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Entries.Count);
}
