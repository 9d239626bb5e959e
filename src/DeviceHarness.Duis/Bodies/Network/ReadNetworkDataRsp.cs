using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Network;

/// <summary>The answer to SRV 4.10. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadNetworkDataRsp.</remarks>
public sealed record ReadNetworkDataRsp : SrvResponseBody
{
    /// <summary>The most entries of an answer.</summary>
    public const int MaxEntries = 4320;

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
    /// <remarks><c>LogEntry.Count</c> is the number of entries; <c>LogEntry[1].Value</c> is one of the first.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("LogEntry.Count", Entries.Count)
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

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadNetworkDataRsp? other) =>
        other is not null && MessageSuccess == other.MessageSuccess
        && AvgRmsOverVoltageCounter == other.AvgRmsOverVoltageCounter && AvgRmsUnderVoltageCounter == other.AvgRmsUnderVoltageCounter
        && MeasurementPeriod == other.MeasurementPeriod && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Entries.Count);
}
