using System.Globalization;
using Dapper;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Regression;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Keeps what people say towards regression: combinations, releases, credits, and what cycles were run for.</summary>
internal static class RegressionRows
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Says what a cycle was run for.</summary>
    public static IssueAnswer Mark(StatementCache statements, CycleMark mark, DateTimeOffset now)
    {
        if (mark.WhyNot() is { Length: > 0 } refusal)
        {
            return new IssueAnswer(IsFound: true, refusal);
        }

        if (statements.Scalar("SELECT seq FROM cycle WHERE id = $1", mark.CycleId) is not { } cycle)
        {
            return new IssueAnswer(IsFound: false, $"no cycle '{mark.CycleId}'; 'harness cycles' lists them");
        }

        (long kind, string dmc, long installation) = ValuesOf(mark.Purpose);
        statements.Execute("UPDATE cycle SET kind = $1, dmc = $2, installation = $3 WHERE seq = $4", kind, dmc, installation, cycle);
        statements.Execute(
            "INSERT INTO cycle_mark (cycle_seq, kind, dmc, installation, who, time, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            cycle, kind, dmc, installation, mark.Who, now.UtcTicks, mark.Reason);
        return IssueAnswer.Done;
    }

    /// <summary>The stored values of what a cycle was run for.</summary>
    public static (long Kind, string Dmc, long Installation) ValuesOf(CyclePurpose purpose) =>
        ((long)purpose.Kind, purpose.Scope.Dmc, (long)purpose.Scope.Installation);

    /// <summary>States a combination.</summary>
    public static IssueAnswer State(StatementCache statements, DmcDefinition dmc, string who, string reason, DateTimeOffset now)
    {
        string refusal = who.Length == 0 || reason.Length == 0 ? "a combination needs who states it and a reason" : dmc.WhyNot();
        if (refusal.Length > 0)
        {
            return new IssueAnswer(IsFound: true, refusal);
        }

        statements.Execute(
            "INSERT INTO dmc (id, cohort, components, who, time, reason, eligible) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            dmc.Id, dmc.Cohort, StoredJson.WriteNames(dmc.Components), who, now.UtcTicks, reason, StoredJson.WriteEligible(dmc.Eligible));
        return IssueAnswer.Done;
    }

    /// <summary>Records a release; one that fixes an issue is a row of the issue's history.</summary>
    public static IssueAnswer Release(StatementCache statements, ComponentRelease release)
    {
        if (release.WhyNot() is { Length: > 0 } refusal)
        {
            return new IssueAnswer(IsFound: true, refusal);
        }

        if (release.IssueId.Length > 0)
        {
            if (IssueRow.ById(statements, release.IssueId) is not { } issue)
            {
                return IssueAnswer.NoIssue(release.IssueId);
            }

            string change = release.ChangesCode ? "code changed: regression is due" : "no code changed";
            string fix = $"{release.Component} {release.Version}, {change}";
            IssueRow.Note(statements, issue.Seq, new IssueChange("fix", "", fix, release.Who, release.Time, "", release.Reason));
        }

        statements.Execute(
            """
            INSERT INTO component_release (component, version, changes_code, issue_id, who, time, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            release.Component, release.Version, release.ChangesCode ? 1L : 0L, release.IssueId, release.Who, release.Time.UtcTicks,
            release.Reason);
        return IssueAnswer.Done;
    }

    /// <summary>Credits what another campaign ran.</summary>
    public static IssueAnswer Credit(StatementCache statements, RegressionCredit credit)
    {
        if (credit.WhyNot() is { Length: > 0 } refusal)
        {
            return new IssueAnswer(IsFound: true, refusal);
        }

        if (statements.Scalar("SELECT 1 FROM dmc WHERE id = $1 LIMIT 1", credit.Dmc) is null)
        {
            return new IssueAnswer(IsFound: false, $"no combination '{credit.Dmc}'; 'harness regression' lists them");
        }

        statements.Execute(
            "INSERT INTO regression_credit (dmc, campaign, scope, run_on, who, time, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            credit.Dmc, credit.Campaign, credit.Scope, credit.RunOn.ToString(DayFormat, CultureInfo.InvariantCulture), credit.Who,
            credit.Time.UtcTicks, credit.Reason);
        return IssueAnswer.Done;
    }

    /// <summary>All that is known towards regression; the caller holds a read transaction.</summary>
    public static RegressionRecord Read(SqliteConnection connection) => new(
        [
            .. connection.Query<DmcRow>(
                """
                SELECT id AS Id, cohort AS Cohort, components AS Components, eligible AS Eligible
                FROM dmc WHERE seq IN (SELECT max(seq) FROM dmc GROUP BY id) ORDER BY id
                """)
                .Select(row => new DmcDefinition(row.Id, row.Cohort, StoredJson.ReadNames(row.Components))
                {
                    Eligible = StoredJson.ReadEligible(row.Eligible),
                }),
        ],
        [
            .. connection.Query<ReleaseRow>(
                """
                SELECT component AS Component, version AS Version, changes_code AS ChangesCode, issue_id AS IssueId, who AS Who,
                  reason AS Reason, time AS Time
                FROM component_release ORDER BY seq
                """)
                .Select(row => new ComponentRelease(
                    row.Component, row.Version, row.ChangesCode != 0, row.IssueId, row.Who, row.Reason, Moment.Of(row.Time))),
        ],
        [
            .. connection.Query<CreditRow>(
                """
                SELECT dmc AS Dmc, campaign AS Campaign, scope AS Scope, run_on AS RunOn, who AS Who, reason AS Reason, time AS Time
                FROM regression_credit ORDER BY seq
                """)
                .Select(row => new RegressionCredit(
                    row.Dmc, row.Campaign, row.Scope, DateOnly.ParseExact(row.RunOn, DayFormat, CultureInfo.InvariantCulture), row.Who,
                    row.Reason, Moment.Of(row.Time))),
        ],
        CycleReads.Marked(connection));

    private sealed record DmcRow(string Id, string Cohort, string Components, string Eligible);

    private sealed record ReleaseRow(
        string Component, string Version, long ChangesCode, string IssueId, string Who, string Reason, long Time);

    private sealed record CreditRow(string Dmc, string Campaign, string Scope, string RunOn, string Who, string Reason, long Time);
}
