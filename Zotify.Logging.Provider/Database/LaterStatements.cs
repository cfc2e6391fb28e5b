using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// Statements of a connection's transaction that are sent together, in order, where the engine can. Used by one thread at a time.
/// </summary>
/// <param name="connection">The connection.</param>
internal sealed class LaterStatements(LoggingConnection connection)
{
    private readonly List<SqlQuery> _statements = [];
    private int _parameters;

    private bool CanWait => connection.Transaction is not null && connection.Dialect.JoinsStatements;

    /// <summary>
    /// Adds a statement after the others. Runs it at once where it cannot wait, and those before it where one command cannot hold all.
    /// </summary>
    /// <exception cref="DbException">It failed, or one before it.</exception>
    /// <exception cref="RowChangedException">It, or one before it, did not change as many rows as it must.</exception>
    public async Task AddAsync(SqlQuery statement, CancellationToken cancellationToken)
    {
        if (CanWait)
        {
            // One more for the number of rows.
            var parameters = statement.Parameters.Length + 1;
            if (_parameters + parameters > connection.Dialect.MaxParameters) await SendAsync(cancellationToken).ConfigureAwait(false);
            _statements.Add(statement);
            _parameters += parameters;
            return;
        }

        var changed = await connection.ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        if (changed != (statement.Expected ?? changed)) throw Changed();
    }

    /// <summary>Runs those that wait.</summary>
    /// <exception cref="DbException">One failed.</exception>
    /// <exception cref="RowChangedException">One did not change as many rows as it must.</exception>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_statements.Count == 0) return;
        var joined = connection.Dialect.Join(_statements);
        Clear();
        try
        {
            await connection.SendAsync(joined, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception) when (connection.Dialect.IsRowChanged(exception))
        {
            throw Changed();
        }
    }

    /// <summary>Forgets them: their transaction has ended.</summary>
    public void Clear()
    {
        _statements.Clear();
        _parameters = 0;
    }

    private static RowChangedException Changed() => new("Another process changed one of the rows at the same time.");
}
