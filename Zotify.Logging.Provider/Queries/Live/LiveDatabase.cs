using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// The database as streams read it: at most 16 queries run at once, however many streams there are, and all share the pollers. Thread-safe.
/// </summary>
internal sealed class LiveDatabase : IDisposable
{
    /// <summary>Each query reads a page. More queries at once would only wait for each other, and for connections.</summary>
    private const int AtOnce = 16;

    private readonly SemaphoreSlim _turn = new(AtOnce);

    /// <param name="database">The database.</param>
    /// <param name="time">The clock of streams.</param>
    public LiveDatabase(LoggingDatabase database, TimeProvider time)
    {
        Database = database;
        Time = time;
        EndedJobs = new EndedJobsPoller(database, time);
        Poller = new JournalPoller(database, EndedJobs, time);
    }

    /// <summary>The database.</summary>
    public LoggingDatabase Database { get; }

    /// <summary>The clock of streams.</summary>
    public TimeProvider Time { get; }

    /// <summary>Notifies subscribers of commits.</summary>
    public JournalPoller Poller { get; }

    /// <summary>Notifies streams and callers who wait that a job has ended.</summary>
    public EndedJobsPoller EndedJobs { get; }

    /// <inheritdoc cref="LoggingDatabase.ReadAsync"/>
    public async Task<T> ReadAsync<T>(Func<LoggingConnection, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Database.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
