using System.Text;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>The evidence in the file of an orchestrator that is not there any more.</summary>
internal static class KeptEvidence
{
    /// <summary>The first evidence of a case; nothing when there is none.</summary>
    public static (string Hash, byte[] Content)? Of(string database, string testCase)
    {
        using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT sha256, content FROM evidence_blob";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            byte[] content = reader.GetFieldValue<byte[]>(1);
            if (Encoding.UTF8.GetString(content).Contains($"\"{testCase}\"", StringComparison.Ordinal))
            {
                return (reader.GetString(0), content);
            }
        }

        return null;
    }
}
