namespace DeviceHarness.Assurance.Alerts;

/// <summary>How often one device told one code while its rig was observed.</summary>
/// <param name="Device">The device's name; empty where evidence kept the counts alone.</param>
/// <param name="Code">The alert code, four hexadecimal digits; empty for what has none.</param>
/// <param name="Told">How often, repeats with it.</param>
/// <param name="Expected">How often a step expected it and had it in time.</param>
/// <param name="Late">How often it came after its step had given it up.</param>
/// <param name="Duplicates">How often it had been told before.</param>
/// <param name="Unexplained">How often no step expected it.</param>
/// <param name="Between">How often it was told between cases.</param>
/// <param name="PerDay">How often per installation and day; null when no time passed.</param>
public sealed record AlertTraffic(
    string Device, string Code, int Told, int Expected, int Late, int Duplicates, int Unexplained, int Between, double? PerDay)
{
    /// <summary>The traffic of alerts: by device, the most frequent first.</summary>
    /// <param name="alerts">What was told while the rig was observed.</param>
    /// <param name="installationDays">Over how many installation-days.</param>
    internal static IReadOnlyList<AlertTraffic> Of(IEnumerable<ToldAlert> alerts, double installationDays) =>
    [
        .. alerts.GroupBy(alert => (alert.Device, alert.Code)).Select(group =>
        {
            Dictionary<AlertStanding, int> counts = group.CountBy(alert => alert.Standing).ToDictionary();
            int told = counts.Values.Sum();
            return new AlertTraffic(
                group.Key.Device, group.Key.Code, told, counts.GetValueOrDefault(AlertStanding.Expected),
                counts.GetValueOrDefault(AlertStanding.Late), counts.GetValueOrDefault(AlertStanding.Duplicate),
                counts.GetValueOrDefault(AlertStanding.Unexplained), counts.GetValueOrDefault(AlertStanding.Earlier),
                installationDays > 0 ? told / installationDays : null);
        })
        .OrderBy(one => one.Device, StringComparer.Ordinal).ThenByDescending(one => one.Told)
        .ThenBy(one => one.Code, StringComparer.Ordinal),
    ];
}
