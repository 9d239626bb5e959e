using System.Globalization;
using DeviceHarness.Assurance.Latencies;

namespace DeviceHarness.Assurance.Reports;

/// <summary>The latency histograms: each SRV on each device model and firmware, as numbers and as a picture.</summary>
/// <remarks>All pictures share one logarithmic scale, so that they compare. What a picture marks stands in the table before it.
/// </remarks>
internal static class HtmlHistograms
{
    private const double Width = 420;
    private const double BarsTop = 42;
    private const double BarsBottom = 92;
    private const double Height = 108;
    private const double NameHeight = 9;
    private const double MicrosecondsPerMillisecond = 1000;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<LatencyProfile> profiles)
    {
        if (profiles.Count == 0)
        {
            return;
        }

        html.Line($"<section id=\"histograms\"><h2>Latency per device model, firmware and service request</h2>");
        html.Write($"<p>In ms. A percentile is by nearest rank and at most 3.2 % above the sample that it names, never below it. ");
        html.Write($"The line floor is the least time that the octets of such a request kept the line busy. Harness (queue and host), ");
        html.Write($"line and device are medians of their own. The pictures show how many requests took how long, ");
        html.Line($"on one logarithmic scale.</p>");
        html.Write($"<div class=\"wide\"><table><thead><tr><th>SRV</th><th>Device model</th><th>Firmware</th>");
        foreach (string heading in (ReadOnlySpan<string>)
            ["Samples", "Line floor", "p50", "p95", "p99", "Longest", "Harness", "Line", "Device"])
        {
            html.Write($"<th class=\"number\">{heading}</th>");
        }

        html.Line($"</tr></thead><tbody>");
        foreach (LatencyProfile profile in profiles)
        {
            WriteRow(html, profile);
        }

        html.Line($"</tbody></table></div><div class=\"figures\">");
        Scale scale = Scale.Of(profiles);
        foreach (LatencyProfile profile in profiles)
        {
            html.Write($"<figure><figcaption>{profile.Key.ServiceReferenceVariant} on {profile.Key.Model} {profile.Key.Firmware}, ");
            html.Write($"{profile.Total.Count} samples</figcaption>");
            WritePicture(html, profile, scale);
            html.Line($"</figure>");
        }

        html.Line($"</div></section>");
    }

    private static void WriteRow(HtmlWriter html, LatencyProfile profile)
    {
        html.Write($"<tr><td class=\"nowrap\">{profile.Key.ServiceReferenceVariant}</td><td class=\"nowrap\">{profile.Key.Model}</td>");
        html.Write($"<td class=\"nowrap\">{profile.Key.Firmware}</td><td class=\"number\">{profile.Total.Count}</td>");
        foreach (TimeSpan time in (ReadOnlySpan<TimeSpan>)
        [
            profile.LineFloor, profile.Total.PercentileOf(50), profile.Total.PercentileOf(95), profile.Total.PercentileOf(99),
            profile.Total.Longest, profile.Harness.PercentileOf(50), profile.Line.PercentileOf(50), profile.Device.PercentileOf(50),
        ])
        {
            html.Write($"<td class=\"number\">{Display.Milliseconds(time)}</td>");
        }

        html.Line($"</tr>");
    }

    private static void WritePicture(HtmlWriter html, LatencyProfile profile, Scale scale)
    {
        (string Name, string Kind, TimeSpan Time)[] marks =
        [
            ("floor", "line", profile.LineFloor), ("p50", "mark", profile.Total.PercentileOf(50)),
            ("p95", "mark", profile.Total.PercentileOf(95)), ("p99", "mark", profile.Total.PercentileOf(99)),
        ];
        string label = $"{profile.Key.ServiceReferenceVariant} on {profile.Key.Model} {profile.Key.Firmware}: "
            + string.Join(", ", marks.Select(mark => $"{mark.Name} {Display.Milliseconds(mark.Time)} ms"));
        html.Write($"<svg class=\"histogram\" width=\"{Number(Width)}\" height=\"{Number(Height)}\" ");
        html.Write($"viewBox=\"0 0 {Number(Width)} {Number(Height)}\" role=\"img\" aria-label=\"{label}\"><title>{label}</title>");
        WriteAxis(html, scale);
        long highest = profile.Total.Buckets.Max(bucket => bucket.Count);
        foreach (LatencyBucket bucket in profile.Total.Buckets)
        {
            double left = scale.At(bucket.LowerMicroseconds);
            double width = Math.Max(1.5, scale.At(bucket.UpperMicroseconds + 1) - left);
            double height = (BarsBottom - BarsTop) * bucket.Count / highest;
            html.Write($"<rect class=\"bar\" x=\"{Number(left)}\" y=\"{Number(BarsBottom - height)}\" width=\"{Number(width)}\" ");
            html.Write($"height=\"{Number(height)}\"><title>{BucketText(bucket)}</title></rect>");
        }

        // Each name has a row of its own: marks may stand close together.
        double row = 0;
        foreach ((string name, string kind, TimeSpan time) in marks.Where(mark => mark.Time > TimeSpan.Zero))
        {
            double at = scale.At(time.TotalMicroseconds);
            row += NameHeight;
            html.Write($"<line class=\"{kind}\" x1=\"{Number(at)}\" x2=\"{Number(at)}\" ");
            html.Write($"y1=\"{Number(row)}\" y2=\"{Number(BarsBottom)}\"/>");
            html.Write($"<text x=\"{Number(Math.Min(at + 2, Width - 24))}\" y=\"{Number(row)}\">{name}</text>");
        }

        html.Write($"</svg>");
    }

    private static void WriteAxis(HtmlWriter html, Scale scale)
    {
        html.Write($"<line class=\"axis\" x1=\"0\" x2=\"{Number(Width)}\" y1=\"{Number(BarsBottom)}\" y2=\"{Number(BarsBottom)}\"/>");
        foreach (double tick in scale.Ticks)
        {
            double at = scale.At(tick);
            string text = (tick / MicrosecondsPerMillisecond).ToString("0.###", CultureInfo.InvariantCulture);
            html.Write($"<line class=\"axis\" x1=\"{Number(at)}\" x2=\"{Number(at)}\" ");
            html.Write($"y1=\"{Number(BarsBottom)}\" y2=\"{Number(BarsBottom + 4)}\"/>");
            html.Write($"<text x=\"{Number(Math.Min(at + 2, Width - 24))}\" y=\"{Number(Height - 3)}\">{text}</text>");
        }
    }

    private static string BucketText(LatencyBucket bucket)
    {
        string from = Display.Milliseconds(TimeSpan.FromMicroseconds(bucket.LowerMicroseconds));
        string to = Display.Milliseconds(TimeSpan.FromMicroseconds(bucket.UpperMicroseconds));
        return string.Create(CultureInfo.InvariantCulture, $"{bucket.Count} of {from} to {to} ms");
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A logarithmic scale over whole decades.</summary>
    private sealed record Scale(double LowDecade, double HighDecade)
    {
        /// <summary>The decades, in microseconds.</summary>
        public IEnumerable<double> Ticks
        {
            get
            {
                for (double decade = LowDecade; decade <= HighDecade; decade++)
                {
                    yield return Math.Pow(10, decade);
                }
            }
        }

        /// <summary>The scale that holds every mark and bar.</summary>
        public static Scale Of(IReadOnlyList<LatencyProfile> profiles)
        {
            double least = profiles.SelectMany(profile => (TimeSpan[])[profile.Total.Shortest, profile.LineFloor])
                .Where(time => time > TimeSpan.Zero).Select(time => time.TotalMicroseconds).DefaultIfEmpty(1).Min();
            double most = profiles.Max(profile => profile.Total.Longest.TotalMicroseconds);
            double low = Math.Floor(Math.Log10(Math.Max(1, least)));
            return new Scale(low, Math.Max(low + 1, Math.Ceiling(Math.Log10(Math.Max(1, most)))));
        }

        /// <summary>Where a time stands.</summary>
        public double At(double microseconds) => Math.Clamp(
            (Math.Log10(Math.Max(1, microseconds)) - LowDecade) / (HighDecade - LowDecade) * Width, 0, Width);
    }
}
