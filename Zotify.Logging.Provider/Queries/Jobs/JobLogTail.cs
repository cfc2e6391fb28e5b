using System.Runtime.CompilerServices;
using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads and follows the logs of jobs by the database, whoever writes to it. Thread-safe: each enumeration has a place of its
/// own, and nothing is queued for it. New entries of a job are read once for all who follow it with the same filters, and only
/// where there are some: what all jobs commit is looked for once.
/// </summary>
public sealed class JobLogTail
{
    private readonly LiveDatabase _live;
    private readonly IReadYourWrites _readYourWrites;
    private readonly SharedTails<JobTailKey, JobLogItem> _tails;

    /// <param name="live">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal JobLogTail(LiveDatabase live, IReadYourWrites readYourWrites)
    {
        _live = live;
        _readYourWrites = readYourWrites;
        _tails = new SharedTails<JobTailKey, JobLogItem>(live.Time, KeptBlocks.OfManyLogs);
    }

    /// <summary>
    /// Opens a stream of the entries that match, oldest first, which goes on with new ones while <see cref="JobStreamQuery.Follow"/> is set, until
    /// the job ends; <see langword="null"/> where there is no such job.
    /// </summary>
    /// <remarks>
    /// <para>It waits up to 250 ms for what this process logged before. A job that may be among what the database does not have yet is
    /// followed, though it is not there. The stream ends after a <see cref="JobLogEnd"/>, also where it does not follow and the job has ended, and when
    /// <see cref="JobStreamQuery.Until"/> has passed. After 15 seconds without an item a follower gets a <see cref="JobLogHeartbeat"/>. Where
    /// retention has deleted entries after the position to go on after, a <see cref="JobLogGap"/> says from where to where.</para>
    /// <para>While the database cannot be read, a follower waits. A stream that does not follow throws a <see cref="DatabaseUnavailableException"/>.</para>
    /// </remarks>
    /// <exception cref="InvalidCursorException">The position was not made by a query of a job.</exception>
    /// <exception cref="ArgumentException">The tail is negative, there are over 100 words, or one of over 1,000 characters.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    /// <exception cref="LogBehindException">It does not follow, and the job may be among what the database does not have yet.</exception>
    public async Task<OpenedJobLog?> OpenAsync(JobStreamQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, "tail");
        SqlFilter.CheckTerms(query.Text, "q");
        var after = query.After is { } position ? JobCursor.Decode(position) : null;
        var entries = new JobLogQuery(query.JobId)
        {
            Tail = query.Tail, MinimumLevel = query.MinimumLevel, Text = query.Text, From = query.Since, To = query.Until,
        };
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var start = await _live.ReadAsync(
            (connection, cancellation) => JobResumePoint.FindAsync(connection, entries, after, cancellation), cancellationToken).ConfigureAwait(false);
        if (start.Job is null && behind == 0) return null;
        if (start.Job is null && !query.Follow)
            throw new LogBehindException(behind);
        return new OpenedJobLog(start.IsPastEnd, ReadAsync(query, entries with { Tail = null }, start, cancellationToken));
    }

    private static LogBlock<JobLogItem> Begun(JobResumePoint start) => LogSubscription<JobLogItem>.Begun(start.Place.Encode());

    private async IAsyncEnumerable<LogBlock<JobLogItem>> ReadAsync(
        JobStreamQuery query, JobLogQuery entries, JobResumePoint start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Begun(start);
        if (start.Gap is { } gap) yield return new LogBlock<JobLogItem>(gap.From, gap.Position, [gap], 0);
        var place = start.Place;
        if (query.Follow)
        {
            await foreach (var block in FollowAsync(query, entries, place, cancellationToken).ConfigureAwait(false))
            {
                place = JobCursor.Decode(block.End);
                if (block.Items.Count > 0) yield return block;
                if (block.Items is [.., JobLogEnd]) yield break;
            }

            // Once more, for what was logged until then.
            await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        }

        using var rest = new JobBlockReader(_live, _readYourWrites, entries, place, follows: false);
        while (await rest.ReadAsync(cancellationToken).ConfigureAwait(false) is { } block)
        {
            if (block.Items.Count > 0) yield return block;
            else await Task.Yield();
        }
    }

    private async IAsyncEnumerable<LogBlock<JobLogItem>> FollowAsync(
        JobStreamQuery query, JobLogQuery entries, JobCursor place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = new JobTailKey(JobIds.Shorten(query.JobId), query.MinimumLevel, query.Text);
        var tail = _tails.Enter(key);
        try
        {
            JobBlockReader Open(JobCursor from) => new(_live, _readYourWrites, entries, from, follows: true);
            using var follower = new LogSubscriber<JobLogItem>(
                tail, Open(place), position => Open(JobCursor.Decode(position)), query.Since is null && query.Until is null ? null : item => IsInTime(query, item));
            var following = new LogSubscription<JobLogItem>(tail, _live.Time, position => new JobLogHeartbeat(position));
            await foreach (var block in following.ReadAsync(follower, query.Until, cancellationToken).ConfigureAwait(false)) yield return block;
        }
        finally
        {
            _tails.Leave(key);
        }
    }

    private static bool IsInTime(JobStreamQuery query, JobLogItem item) =>
        item is not JobLogRecord { Entry.Timestamp: var time } || (!(time < query.Since?.UtcDateTime) && !(time >= query.Until?.UtcDateTime));
}
