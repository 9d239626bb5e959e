using System.Globalization;
using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Packs.Evidence;

/// <summary>What a comms hub told of itself at its service port, where a step asked for it by no service request.</summary>
/// <param name="Device">The hub, by its name in the rig file.</param>
/// <param name="TakesAlerts">Whether it was told that its alerts were taken.</param>
/// <param name="Told">What it told, in words: identity, wide area network, the codes of the alerts that wait.</param>
public sealed record HubReportEvidence(string Device, bool TakesAlerts, string Told)
{
    /// <summary>Puts a report into words.</summary>
    /// <param name="device">The hub.</param>
    /// <param name="takesAlerts">Whether it was told that its alerts were taken.</param>
    /// <param name="report">The report.</param>
    public static HubReportEvidence Of(DeviceId device, bool takesAlerts, HubReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string wan = report.Wan is { } seen
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{(seen.IsRegistered ? "registered" : "unregistered")} at {seen.SignalDecibelMilliwatts} dBm")
            : "not told";
        string alerts = report.Alerts.Count == 0 ? "none" : string.Join(' ', report.Alerts.Select(alert => alert.Code));
        return new HubReportEvidence(device.Value, takesAlerts, $"{report.Identity}; network {wan}; alerts {alerts}");
    }
}
