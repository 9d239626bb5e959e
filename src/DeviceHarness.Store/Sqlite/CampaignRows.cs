using System.Globalization;
using Dapper;
using DeviceHarness.Assurance.Campaigns;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Firmware;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Keeps the campaigns that people stated.</summary>
internal static class CampaignRows
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Adds one.</summary>
    /// <returns>Why it was not added; empty when it was.</returns>
    public static string Add(StatementCache statements, Campaign campaign)
    {
        string refusal = campaign.WhyNot();
        if (refusal.Length == 0)
        {
            statements.Execute(
                """
                INSERT INTO campaign (name, go_live, stable_months, dmcs, who, time, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                campaign.Name, campaign.Baseline.GoLive.ToString(DayFormat, CultureInfo.InvariantCulture),
                (long)campaign.Baseline.StableMonths, StoredJson.WriteNames(campaign.Dmcs), campaign.Who, campaign.Time.UtcTicks,
                campaign.Reason);
        }

        return refusal;
    }

    /// <summary>All that is known towards campaigns; the caller holds a read transaction.</summary>
    public static CampaignRecord Read(SqliteConnection connection)
    {
        Campaign[] stated =
        [
            .. connection.Query<Row>(
                """
                SELECT name AS Name, go_live AS GoLive, stable_months AS StableMonths, dmcs AS Dmcs, who AS Who, time AS Time,
                  reason AS Reason
                FROM campaign ORDER BY seq
                """)
                .Select(row => row.ToCampaign()),
        ];
        return stated.Length == 0
            ? CampaignRecord.Empty
            : new CampaignRecord(
                stated,
                [
                    .. connection.Query<RunRow>(
                        """
                        SELECT id AS Id, rig AS Rig, dmc AS Dmc, state AS State, created AS Created, ended AS Ended, devices AS Devices,
                          spares AS Spares, proposal AS Proposal
                        FROM cycle ORDER BY seq
                        """)
                        .Select(row => row.ToCycle()),
                ],
                [
                    .. connection.Query<HeldRow>(
                        "SELECT rig AS Rig, eui64 AS DeviceId, firmware AS Version FROM inventory ORDER BY rig, eui64")
                        .Select(row => new HeldFirmware(row.Rig, Duis.Eui64.Parse(row.DeviceId), row.Version)),
                ]);
    }

    private sealed record Row(string Name, string GoLive, long StableMonths, string Dmcs, string Who, long Time, string Reason)
    {
        public Campaign ToCampaign() => new(
            Name,
            new FirmwareBaseline(DateOnly.ParseExact(GoLive, DayFormat, CultureInfo.InvariantCulture), (int)StableMonths),
            StoredJson.ReadNames(Dmcs), Who, Reason, Moment.Of(Time));
    }

    private sealed record RunRow(
        string Id, string Rig, string Dmc, long State, long Created, long? Ended, string Devices, string Spares, string Proposal)
    {
        public CampaignCycle ToCycle()
        {
            IReadOnlyList<SpareRig> spares = StoredJson.ReadSpares(Spares);
            return new CampaignCycle(
                Id, [Rig, .. spares.Select(spare => spare.Rig)], Dmc, (CycleState)State, Moment.Of(Created), Moment.Of(Ended),
                [.. StoredJson.ReadDevices(Devices), .. spares.SelectMany(spare => spare.Devices)],
                StoredJson.ReadProposal(Proposal)?.Changes ?? []);
        }
    }

    private sealed record HeldRow(string Rig, string DeviceId, string Version);
}
