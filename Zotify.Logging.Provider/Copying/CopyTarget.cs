using Zotify.Logging.Database;

namespace Zotify.Logging.Copying;

/// <summary>
/// The database that rows are copied to. A marker in its history keeps every program from writing to it until the copy is finished. Used by
/// one thread at a time.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="connection">An open connection that writes.</param>
/// <param name="marker">The marker: it names what is copied.</param>
internal sealed class CopyTarget(LoggingDatabase database, LoggingConnection connection, string marker)
{
    private const string HowToRestart = "begin again with --restart, which deletes what that copy has written";

    // The rows of a transaction that deletes them: the log of a server has to hold it.
    private const int MaxDeletedRows = 10_000;

    // The index of the texts, which is built again from the rows.
    private static readonly string[] BuiltAgain = ["audit_text_pages", "audit_text_runs"];

    // While rows are removed, no copy may go on with what is left of them.
    private static readonly string Removal = CopySupport.MarkerOf("removal");

    /// <inheritdoc cref="CopySupport.IgnoresSpacesAtEnd"/>
    public bool IgnoresSpacesAtEnd => database.Copying.IgnoresSpacesAtEnd;

    /// <summary>Begins the copy, or goes on with it, where it was begun before.</summary>
    /// <param name="restarts">Whether to delete what an unfinished copy has written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CopyFailedException">The database has other rows, or the unfinished copy of something else.</exception>
    public async Task<CopyStart> BeginAsync(bool restarts, CancellationToken cancellationToken)
    {
        var state = await database.ReadSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
        if (state.UnfinishedCopy is { } found && restarts)
        {
            await RemoveAsync(found, cancellationToken).ConfigureAwait(false);
            state = await database.ReadSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        if (state.UnfinishedCopy is { } unfinished)
        {
            if (state.Missing.Count > 0) throw new CopyFailedException($"An older version of this program began the copy; {HowToRestart}.");
            if (unfinished != marker)
            {
                throw new CopyFailedException(
                    $"The target has an unfinished copy of something else, or of this source before it was written again; {HowToRestart}.");
            }

            return CopyStart.Continued;
        }

        state.EnsureUsable();
        if (!state.IsCurrent) await database.MigrateAsync(connection, cancellationToken).ConfigureAwait(false);
        if (await CountAsync(CopiedTable.Journals, cancellationToken).ConfigureAwait(false) > 0)
        {
            var journals = await Reader(CopiedTable.Journals).DigestAsync(_ => { }, cancellationToken).ConfigureAwait(false);
            if (CopySupport.MarkerOf(journals.ToString()) == marker) return CopyStart.Finished;
        }

        await CommitAsync(
            async () =>
            {
                foreach (var table in CopiedTable.All) await EnsureEmptyAsync(table, cancellationToken).ConfigureAwait(false);
                await database.Copying.MarkAsync(connection, marker, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return CopyStart.Begun;
    }

    /// <summary>How many rows a table has.</summary>
    public Task<long> CountAsync(CopiedTable table, CancellationToken cancellationToken) =>
        new RowReader(connection, table).CountAsync(cancellationToken);

    /// <summary>The last number of a table's rows; 0 where there is none.</summary>
    public async Task<long> LastNumberAsync(CopiedTable table, CancellationToken cancellationToken) =>
        (await connection.ReadAsync(
            SqlQuery.Raw($"SELECT MAX({table.Number}) FROM {table.Name}"), row => row.NumberOrNull(0) ?? 0, cancellationToken)
            .ConfigureAwait(false)).Single();

    /// <summary>Inserts rows, all or none.</summary>
    /// <exception cref="CopyFailedException">The database refuses a row. Those before it are inserted.</exception>
    public async Task InsertAsync(CopiedTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        try
        {
            await CommitAsync(
                () => database.InsertAsync(connection, table.Rows, rows, cancellationToken), cancellationToken, inserts: true)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (database.IsRefusal(exception))
        {
            if (rows.Count == 1)
            {
                var key = $"{table.Rows.Columns[0].Name} '{rows[0][0]}'";
                throw new CopyFailedException($"{table.Name}: the target refuses the row with {key}: {exception.Message}", exception);
            }

            foreach (var row in rows) await InsertAsync(table, [row], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The rows of a table.</summary>
    public RowReader Reader(CopiedTable table) => new(connection, table);

    /// <summary>Makes the database go on with the numbers of a table where the source would.</summary>
    public async Task SetLastNumberAsync(CopiedTable table, long number, CancellationToken cancellationToken) => await CommitAsync(
        () => database.Copying.SetLastNumberAsync(connection, table.Name, number, cancellationToken), cancellationToken)
        .ConfigureAwait(false);

    /// <summary>Marks the texts as not indexed, and removes the marker: programs may write to the database from now on.</summary>
    /// <param name="isMerged">Whether the source counted types as one that differ only in spaces at the end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task FinishAsync(bool isMerged, CancellationToken cancellationToken) => CommitAsync(
        async () =>
        {
            if (isMerged && !IgnoresSpacesAtEnd)
            {
                foreach (var statement in SplitCounts.Statements(connection.Dialect))
                    await ExecuteAsync(SqlQuery.Raw(statement), cancellationToken).ConfigureAwait(false);
            }

            // Runs of rows that somebody deleted before the copy: none is left of an empty table, or of those that were copied.
            foreach (var table in BuiltAgain)
                await ExecuteAsync(SqlQuery.Raw($"DELETE FROM {table}"), cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(SqlQuery.Raw(TextRunTable.AddPending), cancellationToken).ConfigureAwait(false);
            await database.Copying.UnmarkAsync(connection, marker, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Returns when the copy is on the disk: the operator may delete the source now.</summary>
    public Task SyncAsync(CancellationToken cancellationToken) => database.SyncAsync(connection, cancellationToken);

    private async Task EnsureEmptyAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        var count = await CountAsync(table, cancellationToken).ConfigureAwait(false);
        if (count == 0) return;
        throw new CopyFailedException(
            $"The target must be empty, but its table {table.Name} has {count} rows; name another database or schema, or empty its "
            + "tables.");
    }

    private async Task RemoveAsync(string unfinished, CancellationToken cancellationToken)
    {
        await CommitAsync(
            async () =>
            {
                await database.Copying.UnmarkAsync(connection, unfinished, cancellationToken).ConfigureAwait(false);
                await database.Copying.MarkAsync(connection, Removal, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var table in CopiedTable.All.Select(table => table.Name).Concat(BuiltAgain).Reverse())
        {
            if (!await database.Copying.HasTableAsync(connection, table, cancellationToken).ConfigureAwait(false)) continue;
            var deleted = MaxDeletedRows;
            while (deleted == MaxDeletedRows)
            {
                await CommitAsync(
                    async () => deleted = await ExecuteAsync(DeleteSome(table), cancellationToken).ConfigureAwait(false), cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        await CommitAsync(() => database.Copying.UnmarkAsync(connection, Removal, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private SqlQuery DeleteSome(string table) => SqlQuery.Raw(
        connection.Dialect.DeleteSome(table, "@count"), connection.Dialect.Parameter("@count", MaxDeletedRows));

    private async Task<int> ExecuteAsync(SqlQuery statement, CancellationToken cancellationToken)
    {
        var command = connection.Command(statement.Text, statement.Parameters);
        await using (command.ConfigureAwait(false))
        {
            // All rows of a table may take any time.
            command.CommandTimeout = 0;
            return await connection.GuardAsync(() => command.ExecuteNonQueryAsync(cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task CommitAsync(Func<Task> write, CancellationToken cancellationToken, bool inserts = false)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await connection.CommitAsync(
            async () =>
            {
                await write().ConfigureAwait(false);
                return true;
            },
            cancellationToken,
            inserts).ConfigureAwait(false);
    }
}
