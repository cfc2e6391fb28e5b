using Zotify.Logging.Journal;

namespace Zotify.Logging.Queries;

/// <summary>Waits until the database has what another process's journal held when the question came. Thread-safe.</summary>
/// <param name="journal">The journal.</param>
/// <param name="time">The clock of the patience.</param>
internal sealed class SidecarReadYourWrites(SidecarJournal journal, TimeProvider time) : IReadYourWrites
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async ValueTask<long> CatchUpAsync(CancellationToken cancellationToken)
    {
        JournalEnd? end;
        try
        {
            end = JournalEnd.Find(journal.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody can say what it holds: not that all of it is there.
            return 1;
        }

        if (end is null) return 0;
        var start = time.GetTimestamp();
        while (true)
        {
            var behind = await journal.BehindAsync(end.Value.Seq, cancellationToken).ConfigureAwait(false);
            if (behind == 0 || time.GetElapsedTime(start) >= Patience) return behind;
            await Task.Delay(LookEvery, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
