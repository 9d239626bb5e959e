namespace DeviceHarness.Duis.Bodies.Logs;

/// <summary>One event of a log. Each value may be absent.</summary>
/// <param name="Timestamp">When it happened.</param>
/// <param name="LogCode">Its code, hexadecimal, such as <c>8F72</c>.</param>
/// <param name="LogMeaning">What the code means, at most 200 characters.</param>
/// <param name="OtherInformation">What the device tells beside it, hexadecimal.</param>
/// <param name="OtherInformationLogMeaning">What that means, at most 200 characters.</param>
/// <remarks>Spec: MMC XML schema 5.4, LogEntryType.</remarks>
public sealed record EventLogEntry(
    DateTimeOffset? Timestamp,
    string? LogCode,
    string? LogMeaning = null,
    string? OtherInformation = null,
    string? OtherInformationLogMeaning = null)
{
    /// <summary>The longest meaning, in characters.</summary>
    public const int MaxMeaningCharacters = 200;
}
