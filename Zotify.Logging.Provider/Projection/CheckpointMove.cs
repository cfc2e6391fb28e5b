using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Projection;

/// <summary>
/// Moves a journal's checkpoint before anything else is written in a transaction: it fails where another process has already projected the
/// lines. It is sent with the first query of the transaction where there is one. Used once, by one thread at a time.
/// </summary>
/// <param name="connection">The connection, in the transaction.</param>
/// <param name="statement">The statement, which changes no row where the checkpoint is another one.</param>
internal sealed class CheckpointMove(LoggingConnection connection, SqlQuery statement)
{
    private bool _isDone;

    /// <summary>Moves the checkpoint, unless that was done before.</summary>
    /// <exception cref="CheckpointMovedException">Another process has moved it.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_isDone) return;
        _isDone = true;
        if (await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false) != 1) throw new CheckpointMovedException();
    }

    /// <summary>Moves the checkpoint, unless that was done before, and runs a query.</summary>
    /// <exception cref="CheckpointMovedException">Another process has moved it.</exception>
    public async Task<List<T>> RunAndReadAsync<T>(SqlQuery query, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        if (_isDone) return await connection.ReadAsync(query, row, cancellationToken).ConfigureAwait(false);
        _isDone = true;
        return await connection.ReadIfChangedAsync(statement, query, row, cancellationToken).ConfigureAwait(false)
            ?? throw new CheckpointMovedException();
    }
}
