using Microsoft.Data.Sqlite;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>What the store holds of a cycle, read from its file.</summary>
internal static class StoredResults
{
    /// <summary>Finds what is there twice or not whole.</summary>
    public static IReadOnlyList<string> FindFaults(string file, string cycle)
    {
        using SqliteConnection connection = new($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT v.execution_id, v.attempt, count(*), max(v.sequence), sum(v.kind = 'AttemptStarted'), sum(v.kind = 'AttemptFinished'),
              count(DISTINCT CASE v.kind WHEN 'StepFinished' THEN json_extract(v.body, '$.Index') END), sum(v.kind = 'StepFinished')
            FROM event v JOIN execution e ON e.id = v.execution_id JOIN cycle c ON c.seq = e.cycle_seq
            WHERE c.id = $1 GROUP BY 1, 2
            """;
        command.Parameters.AddWithValue("$1", cycle);
        List<string> faults = [];
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            string attempt = $"{reader.GetString(0)}, attempt {reader.GetInt32(1)}";
            Check(faults, attempt, "its events have a gap", reader.GetInt32(2) == reader.GetInt32(3));
            Check(faults, attempt, "it started more than once", reader.GetInt32(4) == 1);
            Check(faults, attempt, "it finished more than once", reader.GetInt32(5) <= 1);
            Check(faults, attempt, "a step is there twice", reader.GetInt32(6) == reader.GetInt32(7));
        }

        return faults;
    }

    private static void Check(List<string> faults, string attempt, string fault, bool isRight)
    {
        if (!isRight)
        {
            faults.Add($"{attempt}: {fault}");
        }
    }
}
