using System.Runtime.CompilerServices;
using Zotify.Logging.Records;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>
/// Streams the logs of jobs in the database, whichever process writes them. New entries of a job are read once for all subscribers with the
/// same filters, and only if there are any: one poller checks that for all jobs. Thread-safe: each enumeration has its own cursor, and
/// nothing is queued for it.
/// </summary>
internal sealed class JobLogTail
{
    private readonly LiveDatabase _live;
    private readonly IReadYourWrites _readYourWrites;
    private readonly SharedTails<JobTailKey, JobLogEntry> _tails;

    /// <param name="live">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal JobLogTail(LiveDatabase live, IReadYourWrites readYourWrites)
    {
        _live = live;
        _readYourWrites = readYourWrites;
        _tails = new SharedTails<JobTailKey, JobLogEntry>(live.Time, KeptBlocks.OfManyLogs);
    }

    /// <summary>How many entries are compared to find the last ones that match.</summary>
    internal int MostCompared { get; init; } = ScanBudget.UsualRows;

    /// <summary>
    /// Opens a stream of the entries that match, oldest first. If <see cref="JobStreamQuery.Follow"/> is set, it goes on with new entries
    /// until the job ends. Returns <see langword="null"/> if there is no such job.
    /// </summary>
    /// <remarks>
    /// <para>It waits up to 250 ms for what this process logged before. While the database is behind, a stream that follows also opens for
    /// a job that does not exist yet. The stream ends after a <see cref="JobLogEnd"/>, and when <see cref="JobStreamQuery.Until"/> has
    /// passed. A stream that does not follow also gives out a <see cref="JobLogEnd"/> if the job has ended. If it follows, it gives out a
    /// <see cref="LogHeartbeat{TEntry}"/> after 15 seconds without an item. If retention has deleted entries after the cursor that was
    /// handed in, it gives out a <see cref="LogGap{TEntry}"/>. Where the database is behind at its end, it gives out a
    /// <see cref="LogBehind{TEntry}"/>.</para>
    /// <para>While the database cannot be read, a stream that follows waits; one that does not follow throws a
    /// <see cref="DatabaseUnavailableException"/>.</para>
    /// </remarks>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query of a job.</exception>
    /// <exception cref="ArgumentException">The tail is negative, or the terms are malformed.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    /// <exception cref="LogBehindException">
    /// It does not follow, there is no such job yet, and the database is behind the journals.
    /// </exception>
    public async Task<OpenedJobLog?> OpenAsync(JobStreamQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, nameof(query.Tail));
        SearchTerms.Parse(query.Text, nameof(query.Text));
        var after = query.After is { } cursor ? JobCursor.Decode(cursor) : null;
        if (query.Before is { } before) JobCursor.Decode(before, nameof(query.Before));
        var entries = new JobLogQuery(query.JobId)
        {
            Tail = query.Tail, MinimumLevel = query.MinimumLevel, ExcludedLevels = query.ExcludedLevels, Text = query.Text,
            From = query.Since, To = query.Until, Before = query.Before,
        };
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var start = await _live.ReadAsync(
            (connection, cancellation) =>
                JobResumePoint.FindAsync(connection, entries, after, new ScanBudget(MostCompared), cancellation),
            cancellationToken).ConfigureAwait(false);
        if (start.Job is null && behind == 0) return null;
        if (start.Job is null && !query.Follow) throw new LogBehindException(behind);
        return new OpenedJobLog(start.IsPastEnd, ReadAsync(query, entries with { Tail = null }, start, behind, cancellationToken));
    }

    // Before a gap its own start: a client that is cut right here is told of the gap when it comes back.
    private static LogBlock<JobLogEntry> FirstBlock(JobResumePoint start, long behind) =>
        LogSubscription<JobLogEntry>.FirstBlock(start.Gap?.From ?? start.Cursor.Encode(), behind);

    private async IAsyncEnumerable<LogBlock<JobLogEntry>> ReadAsync(
        JobStreamQuery query,
        JobLogQuery entries,
        JobResumePoint start,
        long behind,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var follows = query is { Follow: true, Before: null };
        // What is missing is newer than a cursor.
        if (query.Before is not null) behind = 0;
        yield return FirstBlock(start, follows ? 0 : behind);
        if (start.Gap is { } gap) yield return new LogBlock<JobLogEntry>(gap.From, gap.Cursor, [gap], 0);
        var cursor = start.Cursor;
        if (start.IsIncomplete)
        {
            var here = cursor.Encode();
            yield return new LogBlock<JobLogEntry>(here, here, [new LogIncomplete<JobLogEntry>(here, here)], 0);
        }

        if (follows)
        {
            await foreach (var block in FollowAsync(query, entries, cursor, cancellationToken).ConfigureAwait(false))
            {
                cursor = JobCursor.Decode(block.End);
                if (block.Items.Count > 0) yield return block;
                if (block.Items is [.., JobLogEnd]) yield break;
            }

            // Read once more what was logged until then.
            behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        }

        if (behind > 0) yield return LogSubscription<JobLogEntry>.BehindBlock(cursor.Encode(), behind);
        using var rest = new JobBlockReader(_live, _readYourWrites, entries, cursor, follows: false);
        var last = LogSubscription<JobLogEntry>.ReadToEndAsync(rest, cancellationToken);
        await foreach (var block in last.ConfigureAwait(false)) yield return block;
    }

    private async IAsyncEnumerable<LogBlock<JobLogEntry>> FollowAsync(
        JobStreamQuery query, JobLogQuery entries, JobCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = new JobTailKey(
            JobIds.Shorten(query.JobId), query.MinimumLevel, query.Text, string.Join(',', query.ExcludedLevels));
        var tail = _tails.Enter(key);
        try
        {
            JobBlockReader Open(JobCursor from) => new(_live, _readYourWrites, entries, from, follows: true);
            Func<LogItem<JobLogEntry>, bool>? isWanted = query.Since is null && query.Until is null ? null : item => IsInTime(query, item);
            using var subscriber = new LogSubscriber<JobLogEntry>(tail, Open(cursor), after => Open(JobCursor.Decode(after)), isWanted);
            var subscription = new LogSubscription<JobLogEntry>(tail, _live.Time);
            var blocks = subscription.ReadAsync(subscriber, query.Until, cancellationToken);
            await foreach (var block in blocks.ConfigureAwait(false)) yield return block;
        }
        finally
        {
            _tails.Leave(key);
        }
    }

    private static bool IsInTime(JobStreamQuery query, LogItem<JobLogEntry> item) =>
        item is not JobLogRecord { Entry.Timestamp: var time }
        || (!(time < query.Since?.UtcDateTime) && !(time >= query.Until?.UtcDateTime));
}
