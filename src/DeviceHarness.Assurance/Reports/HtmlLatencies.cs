using System.Globalization;
using DeviceHarness.Assurance.Latencies;

namespace DeviceHarness.Assurance.Reports;

/// <summary>The latency table: each SRV on each device, split into its parts, with a bar.</summary>
internal static class HtmlLatencies
{
    private const double BarWidth = 240;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<LatencySummary> summaries)
    {
        html.Line($"<section id=\"latencies\"><h2>Latency per service request</h2>");
        if (summaries.Count == 0)
        {
            html.Line($"<p>No latency was stored: no request reached a device, or the run was scaled.</p></section>");
            return;
        }

        html.Write($"<p class=\"legend\"><span class=\"queue\"></span> queue <span class=\"host\"></span> host ");
        html.Line($"<span class=\"line\"></span> line <span class=\"device\"></span> device. All in ms.");
        html.Write($"The parts are medians of their own and need not add up. p99 of fewer than 100 samples is the maximum. ");
        html.Line($"Connecting is not part of the total.</p>");
        html.Line($"<div class=\"wide\"><table><thead><tr><th>SRV</th><th>Device</th><th class=\"number\">Samples</th>");
        html.Write($"<th class=\"number\">p50</th><th class=\"number\">p99</th><th class=\"number\">Queue p50</th>");
        html.Write($"<th class=\"number\">Host p50</th><th class=\"number\">Line p50</th><th class=\"number\">Device p50</th>");
        html.Line($"<th class=\"number\">Connect p50</th><th>Parts</th></tr></thead><tbody>");
        TimeSpan longest = summaries.Max(PartsOf);
        foreach (LatencySummary summary in summaries)
        {
            WriteRow(html, summary, longest);
        }

        html.Line($"</tbody></table></div></section>");
    }

    private static void WriteRow(HtmlWriter html, LatencySummary summary, TimeSpan longest)
    {
        html.Write($"<tr><td class=\"nowrap\">{summary.ServiceReferenceVariant}</td>");
        html.Write($"<td class=\"nowrap\">{Display.Or(summary.Device, "not recorded")}</td>");
        html.Write($"<td class=\"number\">{summary.Samples}</td>");
        foreach (TimeSpan time in (TimeSpan[])
            [summary.TotalP50, summary.TotalP99, summary.QueueP50, summary.HostP50, summary.LineP50, summary.DeviceP50])
        {
            html.Write($"<td class=\"number\">{Display.Milliseconds(time)}</td>");
        }

        string connect = summary.Connects == 0
            ? "none"
            : string.Create(CultureInfo.InvariantCulture, $"{Display.Milliseconds(summary.ConnectP50)} ({summary.Connects} times)");
        html.Write($"<td class=\"number\">{connect}</td><td>");
        WriteBar(html, summary, longest);
        html.Line($"</td></tr>");
    }

    private static void WriteBar(HtmlWriter html, LatencySummary summary, TimeSpan longest)
    {
        string label = $"queue {Display.Milliseconds(summary.QueueP50)} ms, host {Display.Milliseconds(summary.HostP50)} ms, "
            + $"line {Display.Milliseconds(summary.LineP50)} ms, device {Display.Milliseconds(summary.DeviceP50)} ms";
        html.Write($"<svg width=\"240\" height=\"14\" viewBox=\"0 0 240 14\" role=\"img\" aria-label=\"{label}\"><title>{label}</title>");
        double at = 0;
        foreach ((string part, TimeSpan time) in (ReadOnlySpan<(string, TimeSpan)>)
            [("queue", summary.QueueP50), ("host", summary.HostP50), ("line", summary.LineP50), ("device", summary.DeviceP50)])
        {
            double width = longest > TimeSpan.Zero ? BarWidth * (time / longest) : 0;
            html.Write($"<rect class=\"{part}\" x=\"{Number(at)}\" y=\"0\" width=\"{Number(width)}\" height=\"14\"/>");
            at += width;
        }

        html.Write($"</svg>");
    }

    private static TimeSpan PartsOf(LatencySummary summary) => summary.QueueP50 + summary.HostP50 + summary.LineP50 + summary.DeviceP50;

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
