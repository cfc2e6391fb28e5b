using System.Data.Common;
using Zotify.Logging.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Projection;

/// <summary>
/// Work that may wait until a projector has no lines, and does not wait for ever where it always has some. Used by one thread at a time.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Reports failures: the first one of a row of them.</param>
internal sealed class IdleWork(LoggingDatabase database, TimeProvider time, Action<string, Exception?> report)
{
    /// <summary>After this time there may be new work, of journals that ended since.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(1);

    /// <summary>A piece takes some hundredths of this, so that it costs the lines of a busy journal little.</summary>
    public static readonly TimeSpan BusyInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(30);

    // A wait counts whole milliseconds: a shorter one would be none, again and again where an application's clock stands still.
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(1);

    private long _ended = time.GetTimestamp();
    private TimeSpan _pause;
    private int _failures;

    /// <summary>How long the next piece waits where there are no lines; zero or less where it is due.</summary>
    private TimeSpan Wait => _pause - time.GetElapsedTime(_ended);

    /// <summary>Whether the next piece is due although there are lines.</summary>
    public bool IsDueBetweenLines => Wait <= TimeSpan.Zero && time.GetElapsedTime(_ended) >= BusyInterval;

    /// <summary>
    /// Does pieces of it when they are due, until there are lines. Meanwhile checks that the database is still there.
    /// </summary>
    /// <param name="appended">Completes when there are lines.</param>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DbException">The connection broke.</exception>
    /// <exception cref="InvalidOperationException">The database was replaced.</exception>
    public async Task RunUntilAsync(Task appended, ProjectionSession session, CancellationToken cancellationToken)
    {
        while (!appended.IsCompleted)
        {
            var wait = Wait;
            if (wait <= TimeSpan.Zero)
            {
                await RunAsync(session, cancellationToken).ConfigureAwait(false);
                continue;
            }

            try
            {
                if (wait < LeastWait) wait = LeastWait;
                await appended.WaitAsync(wait < CheckInterval ? wait : CheckInterval, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                session.EnsureCurrent();
            }
        }

        await appended.ConfigureAwait(false);
    }

    /// <summary>Does a piece of it.</summary>
    /// <exception cref="DbException">The connection broke.</exception>
    public async Task RunAsync(ProjectionSession session, CancellationToken cancellationToken)
    {
        try
        {
            _pause = await session.WorkAsync(cancellationToken).ConfigureAwait(false) ? TimeSpan.Zero : LookInterval;
            _failures = 0;
        }
        catch (DbException exception) when (session.IsOpen && !cancellationToken.IsCancellationRequested)
        {
            _pause = database.IsPermanent(exception) ? RetrySchedule.Permanent : RetrySchedule.After(++_failures);
            if (_failures == 1 && !database.IsTransient(exception))
                report("Older rows could not be indexed now; that is tried again. Searches read them.", exception);
        }

        _ended = time.GetTimestamp();
    }
}
