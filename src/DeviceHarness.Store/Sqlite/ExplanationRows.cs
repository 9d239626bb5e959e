using Dapper;
using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Issues;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Keeps why people say that the pass rates of two cycles differ.</summary>
internal static class ExplanationRows
{
    /// <summary>Adds an explanation.</summary>
    public static IssueAnswer Add(StatementCache statements, DifferenceExplanation explanation)
    {
        if (explanation.WhyNot() is { Length: > 0 } refusal)
        {
            return new IssueAnswer(IsFound: true, refusal);
        }

        if (SeqOf(statements, explanation.First) is not { } first)
        {
            return NoCycle(explanation.First);
        }

        if (SeqOf(statements, explanation.Second) is not { } second)
        {
            return NoCycle(explanation.Second);
        }

        statements.Execute(
            "INSERT INTO difference_explanation (first_seq, second_seq, text, who, time) VALUES ($1, $2, $3, $4, $5)",
            first, second, explanation.Text, explanation.Who, explanation.Time.UtcTicks);
        return IssueAnswer.Done;
    }

    /// <summary>The explanations of a pair in either order, oldest first.</summary>
    public static IReadOnlyList<DifferenceExplanation> Read(SqliteConnection connection, string first, string second) =>
    [
        .. connection.Query<Row>(
            """
            SELECT f.id AS First, s.id AS Second, d.text AS Text, d.who AS Who, d.time AS Time
            FROM difference_explanation d JOIN cycle f ON f.seq = d.first_seq JOIN cycle s ON s.seq = d.second_seq
            WHERE (f.id = @first AND s.id = @second) OR (f.id = @second AND s.id = @first)
            ORDER BY d.seq
            """,
            new { first, second })
            .Select(row => new DifferenceExplanation(row.First, row.Second, row.Text, row.Who, Moment.Of(row.Time))),
    ];

    private static long? SeqOf(StatementCache statements, string cycleId) =>
        statements.Scalar("SELECT seq FROM cycle WHERE id = $1", cycleId);

    private static IssueAnswer NoCycle(string cycleId) =>
        new(IsFound: false, $"no cycle '{cycleId}'; 'harness cycles' lists them");

    private sealed record Row(string First, string Second, string Text, string Who, long Time);
}
