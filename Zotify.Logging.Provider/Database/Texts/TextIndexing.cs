using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// Indexes the texts of the rows that a projector would index when it has nothing else to do: those of a database from before the index,
/// and the last rows of journals that nobody writes any more. Other processes may use the database meanwhile.
/// </summary>
/// <param name="database">The database.</param>
internal sealed class TextIndexing(LoggingDatabase database)
{
    /// <summary>Indexes them, a few thousand rows in each transaction.</summary>
    /// <param name="progress">Called after each transaction with the number of transactions that remain at least.</param>
    /// <param name="cancellationToken">Ends it; what was indexed stays.</param>
    /// <exception cref="NoDatabaseException">No database is configured.</exception>
    /// <exception cref="DatabaseUnavailableException">There is no such database, or it cannot be read.</exception>
    /// <exception cref="DbException">The database failed.</exception>
    public async Task RunAsync(Action<long> progress, CancellationToken cancellationToken)
    {
        // A mistyped path must not create anything.
        await database.ReadExistingAsync(
            (existing, cancellation) => existing.ReadAsync($"SELECT COUNT(*) FROM journals", _ => true, cancellation),
            cancellationToken).ConfigureAwait(false);
        var connection = await database.OpenForWritingAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var maintenance = new TextMaintenance(connection, TextRunSize.Default, TimeProvider.System);
            while (await maintenance.FindAsync(journalId: null, cancellationToken).ConfigureAwait(false) is { } work)
            {
                await WorkAsync(connection, work, cancellationToken).ConfigureAwait(false);
                progress(await maintenance.CountPendingAsync(cancellationToken).ConfigureAwait(false));
            }
        }
    }

    private async Task WorkAsync(LoggingConnection connection, Func<Task> work, CancellationToken cancellationToken)
    {
        using var turn = await database.EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.CommitAsync(
                async () =>
                {
                    await work().ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (database.IsTransient(exception) && connection.Driver.State == System.Data.ConnectionState.Open)
        {
            // A projector indexed the same rows at the same time.
        }
    }
}
