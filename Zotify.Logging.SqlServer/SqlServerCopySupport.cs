using System.Globalization;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>The marker is in <c>zotify_migrations</c>; the last numbers are those of the identity columns.</summary>
internal sealed class SqlServerCopySupport : CopySupport
{
    /// <inheritdoc/>
    public override Task MarkAsync(LoggingConnection connection, string marker, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"INSERT INTO zotify_migrations (MigrationId, ProductVersion) VALUES ({marker}, N'')", cancellationToken);

    /// <inheritdoc/>
    public override Task UnmarkAsync(LoggingConnection connection, string marker, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"DELETE FROM zotify_migrations WHERE MigrationId = {marker}", cancellationToken);

    /// <inheritdoc/>
    public override async Task<long?> LastNumberAsync(LoggingConnection connection, string table, CancellationToken cancellationToken)
    {
        // 1 also where no number was assigned yet: then the first row gets 2.
        var numbers = await connection.ReadAsync(
            SqlQuery.Raw($"SELECT CAST(IDENT_CURRENT(N'[{table}]') AS bigint)"), row => row.NumberOrNull(0), cancellationToken)
            .ConfigureAwait(false);
        return numbers.Single();
    }

    /// <inheritdoc/>
    public override async Task SetLastNumberAsync(
        LoggingConnection connection, string table, long number, CancellationToken cancellationToken)
    {
        if (await LastNumberAsync(connection, table, cancellationToken).ConfigureAwait(false) >= number) return;
        // One more: in a table that never had a row, the next row gets this number itself.
        var next = (number + 1).ToString(CultureInfo.InvariantCulture);
        await connection.ExecuteAsync(SqlQuery.Raw($"DBCC CHECKIDENT ('[{table}]', RESEED, {next}) WITH NO_INFOMSGS"), cancellationToken)
            .ConfigureAwait(false);
    }
}
