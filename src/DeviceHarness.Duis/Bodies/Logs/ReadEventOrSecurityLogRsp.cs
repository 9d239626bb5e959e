using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Logs;

/// <summary>The answer to SRV 6.13: a log of events, or of auxiliary load control switches, never both. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadEventOrSecurityLogRsp.</remarks>
public sealed record ReadEventOrSecurityLogRsp : SrvResponseBody
{
    /// <summary>The most entries of an answer.</summary>
    public const int MaxEntries = 100;

    /// <summary>The events, in the device's order; null when the answer has no log, empty when the log has none for the period.</summary>
    public IReadOnlyList<EventLogEntry>? Log { get; init; }

    /// <summary>The log of auxiliary load control switches, as it came; null when there is none.</summary>
    public string? AlcsEventXml { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadEventOrSecurityLogRsp";

    /// <inheritdoc/>
    /// <remarks><c>LogEntry.Count</c> is the number of events; <c>LogEntry[1].LogCode</c> is the first one's code,
    /// <c>LogCodes</c> all codes
    /// with a blank between.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("LogEntry.Count", Log?.Count)
                .Add("LogCodes", Log is null ? null : string.Join(' ', Log.Select(entry => entry.LogCode ?? "-")));
            for (int index = 0; index < Log?.Count; index++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"LogEntry[{index + 1}]");
                EventLogEntry entry = Log[index];
                values.Add($"{path}.Timestamp", entry.Timestamp).Add($"{path}.LogCode", entry.LogCode)
                    .Add($"{path}.LogMeaning", entry.LogMeaning).Add($"{path}.OtherInformation", entry.OtherInformation);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadEventOrSecurityLogRsp? other) => other is not null && MessageSuccess == other.MessageSuccess
        && AlcsEventXml == other.AlcsEventXml
        && (Log is null ? other.Log is null : other.Log is not null && Log.SequenceEqual(other.Log));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Log?.Count, AlcsEventXml);
}
