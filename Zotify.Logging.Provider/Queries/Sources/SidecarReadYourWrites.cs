using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>Waits until the database has the lines that the application's journal had when the query arrived. Thread-safe.</summary>
/// <param name="journal">The journal.</param>
/// <param name="time">The clock of the 250 ms.</param>
internal sealed class SidecarReadYourWrites(SidecarJournal journal, TimeProvider time) : IReadYourWrites
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<long> CatchUpAsync(CancellationToken cancellationToken)
    {
        JournalEnd? end;
        try
        {
            end = JournalEnd.Find(journal.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its lines are unknown, so the database may lack some of them.
            return 1;
        }

        if (end is null) return 0;
        var start = time.GetTimestamp();
        while (true)
        {
            var behind = await journal.BehindAsync(end.Value.Seq, cancellationToken).ConfigureAwait(false);
            if (behind == 0 || time.GetElapsedTime(start) >= Timeout) return behind;
            await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
