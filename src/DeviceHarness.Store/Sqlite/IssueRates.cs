using System.Text.Json;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Issues;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Reads the attempts that an issue's failure rates are counted over.</summary>
internal static class IssueRates
{
    private const string Attempts =
        """
        WITH seen_in AS (
          SELECT DISTINCT c.pack_name, e.case_id
          FROM issue_sighting s JOIN execution e ON e.id = s.execution_id JOIN cycle c ON c.seq = e.cycle_seq
          WHERE s.issue_seq = $issue)
        SELECT c.devices, c.spares, a.rig, s.issue_seq IS NOT NULL,
          (SELECT t.device FROM step t
           WHERE t.execution_id = a.execution_id AND t.attempt = a.number AND t.idx = s.step LIMIT 1),
          (SELECT json_group_array(DISTINCT t.device) FROM step t
           WHERE t.execution_id = a.execution_id AND t.attempt = a.number AND t.device <> '')
        FROM seen_in k
          JOIN execution e ON e.case_id = k.case_id
          JOIN cycle c ON c.seq = e.cycle_seq AND c.pack_name = k.pack_name
          JOIN attempt a ON a.execution_id = e.id
          LEFT JOIN issue_sighting s ON s.execution_id = a.execution_id AND s.attempt = a.number AND s.issue_seq = $issue
        WHERE a.superseded = 0 AND a.verdict IN ($passed, $failed)
        ORDER BY c.seq DESC, e.ordinal DESC, a.number DESC LIMIT $limit
        """;

    /// <summary>The conclusive attempts of the cases in which an issue was seen, newest first.</summary>
    public static IReadOnlyList<JudgedAttempt> Judged(SqliteConnection connection, long issueSeq)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Attempts;
        command.Parameters.AddWithValue("$issue", issueSeq);
        command.Parameters.AddWithValue("$passed", (long)Verdict.Passed);
        command.Parameters.AddWithValue("$failed", (long)Verdict.Failed);
        command.Parameters.AddWithValue("$limit", IssueDetail.MaximumJudged);
        Dictionary<(string, string, string), Dictionary<string, string>> known = [];
        List<JudgedAttempt> attempts = [];
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            Dictionary<string, string> names = NamesIn(reader.GetString(0), reader.GetString(1), reader.GetString(2), known);
            string seenOn = reader.IsDBNull(4) ? string.Empty : reader.GetString(4);
            string[] reached = JsonSerializer.Deserialize<string[]>(reader.GetString(5)) ?? [];
            attempts.Add(new JudgedAttempt(
                [.. reached.Select(name => names.GetValueOrDefault(name, name))],
                reader.GetInt64(3) != 0,
                seenOn.Length == 0 ? null : names.GetValueOrDefault(seenOn, seenOn)));
        }

        return attempts;
    }

    /// <summary>The devices of the rig that an attempt ran on, by their names there.</summary>
    private static Dictionary<string, string> NamesIn(
        string devices, string spares, string rig, Dictionary<(string, string, string), Dictionary<string, string>> known)
    {
        if (!known.TryGetValue((devices, spares, rig), out Dictionary<string, string>? names))
        {
            IReadOnlyList<DeviceBaseline> set = StoredJson.ReadSpares(spares).FirstOrDefault(spare => spare.Rig == rig)?.Devices
                ?? StoredJson.ReadDevices(devices);
            names = set.ToDictionary(device => device.Device.Id.Value, device => device.ToString());
            known[(devices, spares, rig)] = names;
        }

        return names;
    }
}
