using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>The answer to SRV 4.8.2. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadReactiveImportProfileDataRsp.</remarks>
public sealed record ReadReactiveImportProfileDataRsp : SrvResponseBody
{
    /// <summary>The most entries of an answer.</summary>
    public const int MaxEntries = 4464;

    /// <summary>The half-hours, in the device's order; empty when the log has none for the period.</summary>
    public IReadOnlyList<ReactiveImportProfileEntry> Entries { get; init; } = [];

    /// <inheritdoc/>
    public override string ElementName => "ReadReactiveImportProfileDataRsp";

    /// <inheritdoc/>
    /// <remarks><c>LogEntry.Count</c> is their number; <c>LogEntry[1].ReactiveEnergyImportedValue</c> is one of the first.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("LogEntry.Count", Entries.Count);
            for (int index = 0; index < Entries.Count; index++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"LogEntry[{index + 1}]");
                ReactiveImportProfileEntry entry = Entries[index];
                values.Add($"{path}.Timestamp", entry.Timestamp)
                    .Add($"{path}.ReactiveEnergyImportedValue", entry.ReactiveEnergyImportedValue);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadReactiveImportProfileDataRsp? other) =>
        other is not null && MessageSuccess == other.MessageSuccess && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Entries.Count);
}
