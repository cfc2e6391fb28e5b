using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// The database as streams read it: at most 16 queries run at once, however many streams there are, and all share one poller. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock of streams.</param>
internal sealed class LiveDatabase(LoggingDatabase database, TimeProvider time) : IDisposable
{
    /// <summary>Each query reads a page. More queries at once would only wait for each other, and for connections.</summary>
    private const int AtOnce = 16;

    private readonly SemaphoreSlim _turn = new(AtOnce);

    /// <summary>The database.</summary>
    public LoggingDatabase Database => database;

    /// <summary>The clock of streams.</summary>
    public TimeProvider Time => time;

    /// <summary>Notifies subscribers of commits.</summary>
    public JournalPoller Poller { get; } = new(database, time);

    /// <inheritdoc cref="LoggingDatabase.ReadAsync"/>
    public async Task<T> ReadAsync<T>(Func<LoggingConnection, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await database.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
