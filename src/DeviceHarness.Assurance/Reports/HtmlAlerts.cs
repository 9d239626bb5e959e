using System.Globalization;
using DeviceHarness.Assurance.Alerts;

namespace DeviceHarness.Assurance.Reports;

/// <summary>What the devices told unasked, held against what was expected and against the live rate.</summary>
internal static class HtmlAlerts
{
    /// <summary>Writes the section; nothing when nothing was looked up.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<AlertObservation> observations)
    {
        if (observations.Count == 0)
        {
            return;
        }

        html.Line($"<section id=\"alerts\"><h2>Alerts</h2>");
        html.Write($"<table><thead><tr><th>Rig</th>");
        foreach (string heading in (ReadOnlySpan<string>)
            ["Installations", "Expected", "Missing", "Late", "Duplicate", "Unexplained", "Between cases", "Before", "Not listed"])
        {
            html.Write($"<th class=\"number\">{heading}</th>");
        }

        html.Line($"<th>Rate</th></tr></thead><tbody>");
        foreach (AlertObservation one in observations)
        {
            html.Write($"<tr><td>{one.Rig}</td>");
            foreach (int count in (ReadOnlySpan<int>)
            [
                one.Installations, one.Expected, one.Missing, one.Late, one.Duplicates, one.Unexplained, one.Between, one.Before,
                one.LeftOut,
            ])
            {
                html.Write($"<td class=\"number\">{count}</td>");
            }

            html.Line($"<td>{one.Text}</td></tr>");
        }

        html.Line($"</tbody></table>");
        if (observations.Any(one => one.Traffic.Count > 0))
        {
            WriteTraffic(html, observations);
        }

        html.Line($"</section>");
    }

    private static void WriteTraffic(HtmlWriter html, IReadOnlyList<AlertObservation> observations)
    {
        html.Write($"<table><thead><tr><th>Rig</th><th>Device</th><th>Code</th>");
        foreach (string heading in (ReadOnlySpan<string>)
            ["Told", "Expected", "Late", "Duplicate", "Unexplained", "Between cases", "Per installation-day"])
        {
            html.Write($"<th class=\"number\">{heading}</th>");
        }

        html.Line($"</tr></thead><tbody>");
        foreach ((string rig, AlertTraffic row) in observations.SelectMany(one => one.Traffic, (one, row) => (one.Rig, row)))
        {
            html.Write($"<tr><td>{rig}</td><td>{row.Device}</td><td>{row.Code}</td>");
            foreach (int count in (ReadOnlySpan<int>)
                [row.Told, row.Expected, row.Late, row.Duplicates, row.Unexplained, row.Between])
            {
                html.Write($"<td class=\"number\">{count}</td>");
            }

            string perDay = row.PerDay is { } rate ? rate.ToString("0.00", CultureInfo.InvariantCulture) : "-";
            html.Line($"<td class=\"number\">{perDay}</td></tr>");
        }

        html.Line($"</tbody></table>");
    }
}
