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

        html.Line($"</tbody></table></section>");
    }
}
