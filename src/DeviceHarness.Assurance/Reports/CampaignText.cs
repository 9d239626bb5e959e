using DeviceHarness.Assurance.Campaigns;

namespace DeviceHarness.Assurance.Reports;

/// <summary>Where campaigns stand, in words.</summary>
public static class CampaignText
{
    /// <summary>What is said of a device of which nothing was known by the freeze.</summary>
    /// <param name="first">Where it was seen first.</param>
    public static string Unanchored(FirmwareSighting first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return $"{first.Device} ({first.DeviceType} {first.DeviceId}): nothing is known of it by the freeze; held against {first.Version}, "
            + $"seen {first.Source}";
    }

    /// <summary>Verdict, rule and changes in one line.</summary>
    public static string Line(CampaignStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return string.Join("; ", [standing.Verdict, standing.Campaign.Rule, .. standing.Late.Select(late => late.ToString())]);
    }
}
