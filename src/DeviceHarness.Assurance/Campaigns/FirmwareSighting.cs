using System.Globalization;
using DeviceHarness.Duis;

namespace DeviceHarness.Assurance.Campaigns;

/// <summary>Which firmware a device was known to run at a moment.</summary>
/// <param name="Device">The device on the bench, such as <c>esme-01</c>.</param>
/// <param name="DeviceType">Its type, such as <c>ESME</c>.</param>
/// <param name="DeviceId">Its identifier: one device, whatever bench it is on.</param>
/// <param name="Version">The version.</param>
/// <param name="Moment">When, in UTC.</param>
/// <param name="Where">What says so, such as <c>the baseline of cycle 20260105-200000-1</c>.</param>
public sealed record FirmwareSighting(
    string Device, string DeviceType, Eui64 DeviceId, string Version, DateTimeOffset Moment, string Where)
{
    /// <summary>The day, in UTC.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Moment.UtcDateTime);

    /// <summary>The moment and what says so.</summary>
    public string Source => string.Create(CultureInfo.InvariantCulture, $"{Moment.UtcDateTime:yyyy-MM-dd HH:mm} UTC in {Where}");
}

/// <summary>Firmware of a device that was first seen after the freeze.</summary>
/// <param name="Before">The version before it, where it was seen last.</param>
/// <param name="After">The other version, where it was seen first.</param>
public sealed record LateFirmware(FirmwareSighting Before, FirmwareSighting After)
{
    /// <summary>Such as <c>esme-01 (ESME 00-…) 4.2.0 to 4.3.0, first seen 2027-01-05 20:00 UTC in …; 4.2.0 last seen …</c>.</summary>
    public override string ToString() =>
        $"{After.Device} ({After.DeviceType} {After.DeviceId}) {Before.Version} to {After.Version}, first seen {After.Source}; "
        + $"{Before.Version} last seen {Before.Source}";
}
