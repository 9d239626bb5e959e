using System.Globalization;
using DeviceHarness.Assurance.Campaigns;
using DeviceHarness.Assurance.Reports;
using DeviceHarness.Duis.Firmware;
using Google.Protobuf.WellKnownTypes;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Campaigns as clients see them.</summary>
internal static class CampaignMapping
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A campaign as a client states it.</summary>
    /// <returns>The campaign; null when its go-live is no day.</returns>
    public static Campaign? ToDomain(V1.Campaign stated, DateTimeOffset now) =>
        DateOnly.TryParseExact(stated.GoLive, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly goLive)
            ? new Campaign(
                stated.Name.Trim(),
                new FirmwareBaseline(goLive, stated.StableMonths == 0 ? FirmwareBaseline.UsualStableMonths : stated.StableMonths),
                [.. stated.Dmcs.Select(dmc => dmc.Trim()).Distinct()], stated.Who.Trim(), stated.Reason.Trim(), now)
            : null;

    /// <summary>Where a campaign stands.</summary>
    public static V1.CampaignStanding ToContract(CampaignStanding standing)
    {
        Campaign campaign = standing.Campaign;
        V1.CampaignStanding message = new()
        {
            Campaign = new V1.Campaign
            {
                Name = campaign.Name,
                GoLive = Day(campaign.Baseline.GoLive),
                StableMonths = campaign.Baseline.StableMonths,
                Who = campaign.Who,
                Reason = campaign.Reason,
                Time = Timestamp.FromDateTimeOffset(campaign.Time),
            },
            Freeze = Day(campaign.Baseline.Freeze),
            Rule = campaign.Rule,
            Flagged = standing.IsFlagged,
            Verdict = standing.Verdict,
            Devices = standing.Devices,
        };
        message.Campaign.Dmcs.AddRange(campaign.Dmcs);
        message.Late.AddRange(standing.Late.Select(ToContract));
        message.Unanchored.AddRange(standing.Unanchored.Select(CampaignText.Unanchored));
        return message;
    }

    private static V1.LateFirmware ToContract(LateFirmware late) => new()
    {
        Device = late.After.Device,
        DeviceType = late.After.DeviceType,
        Eui64 = late.After.DeviceId.ToString(),
        From = late.Before.Version,
        To = late.After.Version,
        FirstSeen = Timestamp.FromDateTimeOffset(late.After.Moment),
        Where = late.After.Where,
        LastSeen = Timestamp.FromDateTimeOffset(late.Before.Moment),
        Text = late.ToString(),
    };

    private static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
