using Dapper;
using DeviceHarness.Assurance.Thresholds;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Keeps the threshold sets that people took into use.</summary>
internal static class ThresholdRows
{
    /// <summary>Adds one.</summary>
    /// <returns>Why it was not added; empty when it was.</returns>
    public static string Add(StatementCache statements, ThresholdDecision decision)
    {
        string refusal = decision.WhyNot();
        if (refusal.Length == 0)
        {
            ThresholdSet set = decision.Set;
            statements.Execute(
                """
                INSERT INTO threshold_set (name, origin, version, maxima, who, time, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                set.Name, set.Origin, set.Version, StoredJson.WriteMaxima(set.Maxima), decision.Who, decision.Time.UtcTicks,
                decision.Reason);
        }

        return refusal;
    }

    /// <summary>All of them, oldest first; the caller holds a read transaction.</summary>
    public static IReadOnlyList<ThresholdDecision> All(SqliteConnection connection) =>
    [
        .. connection.Query<Row>(
            """
            SELECT name AS Name, origin AS Origin, version AS Version, maxima AS Maxima, who AS Who, time AS Time, reason AS Reason
            FROM threshold_set ORDER BY seq
            """)
            .Select(row => row.ToDecision()),
    ];

    private sealed record Row(string Name, string Origin, string Version, string Maxima, string Who, long Time, string Reason)
    {
        public ThresholdDecision ToDecision() => new(
            new ThresholdSet(Name, Origin, Version, StoredJson.ReadMaxima(Maxima)), Who, Reason, Moment.Of(Time));
    }
}
