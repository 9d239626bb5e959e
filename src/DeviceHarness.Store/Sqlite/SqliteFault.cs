using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Says in the store's words what SQLite reports.</summary>
internal static class SqliteFault
{
    /// <summary>The store's exception for an error of SQLite.</summary>
    /// <param name="exception">What SQLite reported.</param>
    /// <param name="act">What was being done, such as <c>reading a cycle</c>.</param>
    /// <param name="file">The database file.</param>
    public static StoreException Translate(SqliteException exception, string act, string file)
    {
        (string code, string advice, bool isTransient) = exception.SqliteErrorCode switch
        {
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => ("STORE-002", "the file is damaged or is not a store: restore a copy of it", false),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_READONLY =>
                ("STORE-001", "the file cannot be opened for writing: check its folder and its owner", false),
            raw.SQLITE_CONSTRAINT => ("STORE-004", "the write breaks a rule of the data and was not made", false),
            raw.SQLITE_FULL => ("STORE-005", "the disk is full: nothing was written; make room and repeat", true),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("STORE-005", "another process holds the file; repeat", true),
            _ => ("STORE-005", "the medium failed; check the disk", true),
        };
        string message = $"{act} in {file}: {advice} (SQLite {exception.SqliteExtendedErrorCode}: {exception.Message})";
        return new StoreException(code, message, file, isTransient, exception);
    }
}
