namespace Zotify.Logging.Database;

/// <summary>The marker is in <c>zotify_schema</c>; SQLite keeps the last numbers in <c>sqlite_sequence</c>.</summary>
internal sealed class SqliteCopySupport : CopySupport
{
    /// <inheritdoc/>
    public override bool IgnoresSpacesAtEnd => false;

    /// <inheritdoc/>
    public override async Task<bool> HasTableAsync(LoggingConnection connection, string table, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            $"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = {table}", row => row.GetInt64(0), cancellationToken)
            .ConfigureAwait(false)).Count > 0;

    /// <inheritdoc/>
    public override Task MarkAsync(LoggingConnection connection, string marker, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"INSERT INTO zotify_schema (name, recorded_at) VALUES ({marker}, '')", cancellationToken);

    /// <inheritdoc/>
    public override Task UnmarkAsync(LoggingConnection connection, string marker, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"DELETE FROM zotify_schema WHERE name = {marker}", cancellationToken);

    /// <inheritdoc/>
    public override async Task<long?> LastNumberAsync(LoggingConnection connection, string table, CancellationToken cancellationToken)
    {
        var numbers = await connection.ReadAsync(
            $"SELECT seq FROM sqlite_sequence WHERE name = {table}", row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return numbers.Count == 0 ? null : numbers[0];
    }

    /// <inheritdoc/>
    public override async Task SetLastNumberAsync(
        LoggingConnection connection, string table, long number, CancellationToken cancellationToken)
    {
        // The table has no key that a statement could rely on to do both.
        await connection.ExecuteAsync(
            $"""
            INSERT INTO sqlite_sequence (name, seq)
            SELECT {table}, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = {table})
            """,
            cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(
            $"UPDATE sqlite_sequence SET seq = max(seq, {number}) WHERE name = {table}", cancellationToken).ConfigureAwait(false);
    }
}
