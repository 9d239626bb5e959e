using System.Globalization;
using DeviceHarness.Assurance.Reports;

namespace DeviceHarness.Assurance.Alerts;

/// <summary>What the devices of one attempt told unasked, as its evidence has it.</summary>
/// <param name="Missing">How many alerts a step expected that never came.</param>
/// <param name="LeftOut">How many more came than are listed.</param>
/// <param name="Told">Those that are listed.</param>
public sealed record AttemptAlerts(int Missing, int LeftOut, IReadOnlyList<ToldAlert> Told)
{
    /// <summary>Reads them from an evidence document.</summary>
    /// <returns>Null when nothing was told and nothing was missed, or the document is none.</returns>
    public static AttemptAlerts? Read(ReadOnlyMemory<byte> document)
    {
        // Most attempts have no alert, and a search is much cheaper than reading all their octets.
        if (document.Span.IndexOf("\"alerts\""u8) < 0 || EvidenceView.Read(document)["alerts"] is not { IsObject: true } alerts)
        {
            return null;
        }

        List<ToldAlert> told = [.. alerts["rows"].Items.Select(row => new ToldAlert(
            row["device"].Text, row["code"].Text, StandingOf(row["standing"].Text), MomentOf(row["received"].Text)))];
        if (told.Count == 0)
        {
            // Evidence that was too large kept the counts alone.
            Repeat("expected", AlertStanding.Expected);
            Repeat("late", AlertStanding.Late);
            Repeat("duplicates", AlertStanding.Duplicate);
            Repeat("unexplained", AlertStanding.Unexplained);
        }

        return new AttemptAlerts(NumberOf(alerts["missing"]), NumberOf(alerts["leftOut"]), told);

        void Repeat(string name, AlertStanding standing) =>
            told.AddRange(Enumerable.Repeat(new ToldAlert(string.Empty, string.Empty, standing, Received: null), NumberOf(alerts[name])));
    }

    private static AlertStanding StandingOf(string text) => text switch
    {
        "expected" => AlertStanding.Expected,
        "late" => AlertStanding.Late,
        "duplicate" => AlertStanding.Duplicate,
        "earlier" => AlertStanding.Earlier,
        _ => AlertStanding.Unexplained,
    };

    private static int NumberOf(EvidenceView value) =>
        int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static DateTimeOffset? MomentOf(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;
}

/// <summary>An alert that a device told.</summary>
/// <param name="Device">The device's name in the rig file; empty when it was not kept.</param>
/// <param name="Code">The alert code, four hexadecimal digits; empty when it has none or it was not kept.</param>
/// <param name="Standing">How it stands to what was expected.</param>
/// <param name="Received">When the bench had it, in UTC; null when that was not kept.</param>
public readonly record struct ToldAlert(string Device, string Code, AlertStanding Standing, DateTimeOffset? Received);

/// <summary>How an alert stands to what the steps of its attempt expected.</summary>
public enum AlertStanding
{
    /// <summary>A step expected it and had it in time.</summary>
    Expected,

    /// <summary>It came after its step had given it up.</summary>
    Late,

    /// <summary>The device had told the very same before.</summary>
    Duplicate,

    /// <summary>No step expected it.</summary>
    Unexplained,

    /// <summary>It was told while no case ran on its device.</summary>
    Earlier,
}
