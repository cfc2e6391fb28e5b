using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>
/// Sets what SQLite keeps per connection. With a write-ahead log, <c>synchronous=NORMAL</c> may lose the last
/// transactions with the power, but never tears one: the cursor goes back with its rows, and the journal repeats them.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA synchronous=NORMAL;";

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Sql;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
