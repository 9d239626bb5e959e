using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Opens connections to one database file, each with the same settings.</summary>
internal sealed class SqliteConnections(string file, SqliteMedium medium)
{
    /// <summary>Every connection's settings: what was acknowledged survives a loss of power, and a reader never waits for the
    /// writer.</summary>
    private readonly string _settings =
        $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {medium.Synchronous}; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;";

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        DefaultTimeout = 5,
        Pooling = true,
        Vfs = medium.FileLayer,
    }.ToString();

    /// <summary>The database file.</summary>
    public string File => file;

    /// <summary>Opens a connection; the caller disposes of it.</summary>
    /// <exception cref="StoreException">The file cannot be opened or is not a database.</exception>
    public SqliteConnection Open()
    {
        SqliteConnection connection = new(_connectionString);
        try
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = _settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw SqliteFault.Translate(exception, "opening the store", file);
        }
    }

    /// <summary>Closes the pooled handles: a pooled handle would keep a deleted file alive.</summary>
    public void ClearPool()
    {
        using SqliteConnection connection = new(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
