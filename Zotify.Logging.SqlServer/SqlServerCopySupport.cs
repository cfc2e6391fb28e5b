using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>The marker is in <c>zotify_migrations</c>; the last numbers are those of the identity columns.</summary>
internal class SqlServerCopySupport : CopySupport
{
    /// <inheritdoc/>
    public override bool IgnoresSpacesAtEnd => true;

    /// <inheritdoc/>
    public override async Task<bool> HasTableAsync(LoggingConnection connection, string table, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            SqlQuery.Raw($"SELECT 1 WHERE OBJECT_ID(N'[{table}]') IS NOT NULL"), row => row.GetInt32(0), cancellationToken)
            .ConfigureAwait(false)).Count > 0;

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
        // By a row with the next number, which is deleted again: to insert one takes the right to alter the table, as a migrator has. DBCC
        // CHECKIDENT needs more. An event or an entry needs its journal: where there is none, no row was ever there.
        var (column, others, values) = table switch
        {
            "journals" => ("id", "journal, instance, name, seq, hash, segment, offset", "NEWID(), N'', N'', 0, N'', 0, 0"),
            "audit_events" => (
                "row_id", "journal_id, seq, id, timestamp, event_type, level, category, instance",
                "MIN(id), -1, NEWID(), SYSUTCDATETIME(), N'', N'', N'', N'' FROM journals HAVING COUNT(*) > 0"),
            "job_logs" => (
                "id", "journal_id, seq, job_id, instance, timestamp, level, category",
                "MIN(id), -1, N'', N'', SYSUTCDATETIME(), N'', N'' FROM journals HAVING COUNT(*) > 0"),
            _ => throw new ArgumentOutOfRangeException(nameof(table), table, "Its rows have no numbers."),
        };
        await connection.ExecuteAsync(
            SqlQuery.Raw(
                $"""
                IF IDENT_CURRENT(N'[{table}]') < @number OR NOT EXISTS (SELECT 1 FROM [{table}] WHERE {column} >= @number)
                BEGIN
                    SET IDENTITY_INSERT [{table}] ON;
                    INSERT INTO [{table}] ({column}, {others}) SELECT @number + 1, {values};
                    SET IDENTITY_INSERT [{table}] OFF;
                    DELETE FROM [{table}] WHERE {column} = @number + 1;
                END
                """,
                connection.Dialect.Parameter("@number", number)),
            cancellationToken).ConfigureAwait(false);
    }
}
