using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Evidence;

/// <summary>Writes what the devices of an attempt told unasked.</summary>
internal static class AlertEvidenceWriter
{
    /// <summary>Writes it.</summary>
    /// <param name="ledger">The alerts.</param>
    /// <param name="secrets">What no text may hold.</param>
    /// <param name="hasRows">Whether the alerts are listed, and not only counted.</param>
    /// <param name="hasMessages">Whether their messages and octets are listed too.</param>
    /// <returns>Null when nothing was told, and nothing was expected in vain.</returns>
    public static AlertsEvidence? Write(AlertLedger ledger, SecretText secrets, bool hasRows, bool hasMessages)
    {
        IReadOnlyList<AlertEntry> entries = ledger.Entries;
        if (entries.Count == 0 && ledger.Missing == 0)
        {
            return null;
        }

        return new AlertsEvidence(
            entries.Count(entry => entry.ExplainedBy is not null),
            ledger.Missing,
            entries.Count(entry => entry.LateFor is not null),
            entries.Count(entry => entry.Alert.IsDuplicate),
            ledger.Unexplained.Count(),
            ledger.Overflow,
            hasRows ? [.. entries.Select(entry => Row(entry, secrets, hasMessages))] : []);
    }

    private static AlertEvidence Row(AlertEntry entry, SecretText secrets, bool hasMessages) => new()
    {
        Device = entry.Alert.Device.Value,
        Code = entry.Alert.Code,
        Meaning = secrets.Redact(entry.Alert.Meaning),
        Received = entry.Alert.ReceivedAt,
        Occurred = entry.Alert.OccurredAt,
        ClockStatus = entry.Alert.ClockStatus,
        Standing = StandingOf(entry),
        Step = entry.ExplainedBy ?? entry.LateFor,
        Xml = hasMessages ? secrets.Redact(entry.Alert.Xml) : string.Empty,
        Octets = hasMessages ? entry.Alert.Octets : string.Empty,
    };

    private static string StandingOf(AlertEntry entry) => entry switch
    {
        { ExplainedBy: not null } => "expected",
        { LateFor: not null } => "late",
        { IsEarlier: true } => "earlier",
        { Alert.IsDuplicate: true } => "duplicate",
        _ => "unexplained",
    };
}
