using DeviceHarness.Assurance.Campaigns;

namespace DeviceHarness.Assurance.Reports;

/// <summary>The campaigns that a cycle belongs to, and whether firmware changed after their freeze.</summary>
internal static class HtmlCampaigns
{
    /// <summary>Writes a banner for each campaign that is flagged.</summary>
    public static void WriteBanners(HtmlWriter html, IReadOnlyList<CampaignStanding> campaigns)
    {
        foreach (CampaignStanding standing in campaigns.Where(standing => standing.IsFlagged))
        {
            html.Line($"<p class=\"banner grave\" role=\"note\">Campaign {standing.Campaign.Name}: {standing.Verdict}</p>");
        }
    }

    /// <summary>Writes the section; nothing when no campaign is stated.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<CampaignStanding> campaigns)
    {
        if (campaigns.Count == 0)
        {
            return;
        }

        html.Line($"<section id=\"campaigns\"><h2>Campaign and firmware freeze</h2>");
        foreach (CampaignStanding standing in campaigns)
        {
            html.Line($"<p>Campaign {standing.Campaign.Name}, at {Display.Moment(standing.Moment)}: {standing.Verdict}</p>");
            html.Line($"<p>Rule: {standing.Campaign.Rule}. Stated by {standing.Campaign.Who}: {standing.Campaign.Reason}</p><ul>");
            foreach (LateFirmware late in standing.Late)
            {
                html.Line($"<li>{late.ToString()}</li>");
            }

            foreach (FirmwareSighting first in standing.Unanchored)
            {
                html.Line($"<li>{CampaignText.Unanchored(first)}</li>");
            }

            html.Line($"</ul>");
        }

        html.Line($"</section>");
    }
}
