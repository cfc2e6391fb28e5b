using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Reads the tables through EF Core's model, not through the library's own statements.</summary>
internal static class ConnectionTables
{
    /// <summary>The tables over a connection, which stays open.</summary>
    public static ZotifyLogsContext Tables(this LoggingConnection connection) => connection.Driver switch
    {
        SqliteConnection driver => new SqliteTables(new DbContextOptionsBuilder<SqliteTables>().UseSqlite(driver).Options),
        SqlConnection driver => new ZotifyLogsContext(new DbContextOptionsBuilder<ZotifyLogsContext>().UseSqlServer(driver).Options),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Runs a query on the tables.</summary>
    public static Task<T> ReadTablesAsync<T>(
        this LoggingDatabase database, Func<ZotifyLogsContext, CancellationToken, Task<T>> query, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (connection, cancellation) =>
            {
                await using var tables = connection.Tables();
                return await query(tables, cancellation);
            },
            cancellationToken);
}
