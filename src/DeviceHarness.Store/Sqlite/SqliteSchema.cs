using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>The numbered migrations of the database file; a number, once published, never changes its text.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks a database file as ours: the octets of <c>DevH</c>.</summary>
    public const int ApplicationId = 0x44657648;

    /// <summary>The version that brought <c>cycle_total</c>.</summary>
    public const int CycleTotalVersion = 4;

    private const string Prefix = "Sqlite.Migrations.";

    /// <summary>The newest version.</summary>
    public static int Latest => Resources.Length;

    private static string[] Resources { get; } =
    [
        .. typeof(SqliteSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Brings a database to a version, each migration in a transaction of its own.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="version">The version to reach; a file of that version or later, up to <see cref="Latest"/>, is left as it is.</param>
    /// <exception cref="StoreException">STORE-002: another program's database. STORE-003: written by a newer harness.</exception>
    public static void Migrate(SqliteConnection connection, string file, int version)
    {
        Recognise(connection, file);
        while (true)
        {
            Execute(connection, "BEGIN IMMEDIATE");
            try
            {
                int present = (int)Scalar(connection, "PRAGMA user_version");
                if (present > Latest)
                {
                    throw new StoreException("STORE-003", string.Create(
                        CultureInfo.InvariantCulture,
                        $"opening {file}: its version is {present}, this harness knows up to {Latest}; use a newer harness"), file);
                }

                if (present >= version)
                {
                    Execute(connection, "ROLLBACK");
                    return;
                }

                Execute(connection, TextOf(present + 1));
                Fill(connection, present + 1);
                Execute(connection, string.Create(
                    CultureInfo.InvariantCulture, $"PRAGMA user_version = {present + 1}; PRAGMA application_id = {ApplicationId}"));
                Execute(connection, "COMMIT");
            }
            catch (Exception exception) when (exception is SqliteException or StoreException)
            {
                RollBack(connection);
                throw;
            }
        }
    }

    /// <summary>Writes the version that is there once more, inside a transaction: its commit goes to the medium and changes
    /// nothing.</summary>
    /// <returns>The version.</returns>
    public static long Touch(StatementCache statements)
    {
        long version = statements.Scalar("PRAGMA user_version") ?? 0;
        statements.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
        return version;
    }

    private static void Recognise(SqliteConnection connection, string file)
    {
        bool isEmpty = Scalar(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isEmpty && Scalar(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new StoreException("STORE-002", $"opening {file}: it is a database of another program; choose another file", file);
        }
    }

    // What a step's text cannot say without repeating a rule of the assurance module; runs at that version of the schema.
    private static void Fill(SqliteConnection connection, int version)
    {
        if (version == CycleTotalVersion)
        {
            using StatementCache statements = new(connection);
            CycleTotalWrites.FillAll(statements);
        }
    }

    private static string TextOf(int version)
    {
        string resource = Resources[version - 1];
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new System.Diagnostics.UnreachableException(resource);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static void RollBack(SqliteConnection connection)
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            Execute(connection, "ROLLBACK");
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
