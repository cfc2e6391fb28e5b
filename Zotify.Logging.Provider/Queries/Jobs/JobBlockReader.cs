using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads a job's log in blocks, and reports where entries were deleted before they were read, and that the job has ended.
/// </summary>
/// <param name="live">The database.</param>
/// <param name="readYourWrites">Waits for records that were logged right after the job's end.</param>
/// <param name="query">The job, and which of its entries to read.</param>
/// <param name="cursor">The cursor to start from.</param>
/// <param name="follows">Whether to wait for a database that is down.</param>
internal sealed class JobBlockReader(LiveDatabase live, IReadYourWrites readYourWrites, JobLogQuery query, JobCursor cursor, bool follows)
    : LiveReader<JobLogEntry>(cursor.Encode(), follows)
{
    private readonly bool _follows = follows;
    private JobLogQuery _query = query with { Limit = RowsAtOnce };
    private JobCursor _cursor = cursor;
    private bool _isSettled;
    private bool _hasReportedEnd;
    private long _behind;

    /// <summary>Whether no filter skips entries: only then can the job's entries be counted from those that were read.</summary>
    private bool ReadsAllEntries =>
        _query is { MinimumLevel: LogLevel.Trace, ExcludedLevels: [], Text: null, From: null, To: null, Before: null };

    /// <inheritdoc/>
    protected override void RemoveTimeFilter() => _query = _query with { From = null, To = null };

    /// <inheritdoc/>
    protected override TableSubscription Subscribe() => live.Poller.SubscribeToJob(JobIds.Shorten(_query.JobId));

    /// <inheritdoc/>
    protected override async Task<LogPoll<JobLogEntry>> PollAsync(CancellationToken cancellationToken)
    {
        var poll = await PollJobAsync(cancellationToken).ConfigureAwait(false);
        if (poll.IsEnded && !_isSettled)
        {
            // Entries may follow the one that ended the job.
            _behind = await readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            _isSettled = true;
            poll = await PollJobAsync(cancellationToken).ConfigureAwait(false);
        }

        if (poll.Job?.Status == JobStatus.Running) _isSettled = _hasReportedEnd = false;
        var items = new List<(LogItem<JobLogEntry>, int)>(poll.Rows.Count + 1);
        // If the poll has all entries, their number before it follows from the job's own count; otherwise from the last cursor.
        var count = !ReadsAllEntries ? null : poll.IsWhole ? poll.Job?.Entries - poll.Rows.Count : _cursor.Entries;
        if (count > _cursor.Entries) items.Add((Gap(count, poll.Rows), 0));
        foreach (var row in poll.Rows)
        {
            _cursor = _cursor.After(row.JournalId, row.Seq, ++count);
            items.Add((new JobLogRecord(_cursor.Encode(), JobLogs.ToEntry(row, poll.Journals[row.JournalId])), JobLogs.SizeOf(row)));
        }

        _cursor = new JobCursor(poll.Next, poll.IsWhole ? poll.Job?.Entries : count);
        // What comes before a cursor is not the end of the log.
        if (poll.IsEnded && !_hasReportedEnd && _query.Before is null)
        {
            _hasReportedEnd = true;
            // A stream that does not follow has reported it before its entries.
            if (_behind > 0 && _follows) items.Add((new LogBehind<JobLogEntry>(_behind, _cursor.Encode()), 0));
            items.Add((new JobLogEnd((_cursor with { IsEnd = true }).Encode(), JobSummary.Of(poll.Job!)), 0));
        }

        return new LogPoll<JobLogEntry>(items, _cursor.Encode(), More: !poll.IsWhole);
    }

    private Task<JobPoll> PollJobAsync(CancellationToken cancellationToken) => live.ReadAsync(
        (connection, cancellation) => JobPoll.RunAsync(connection, _query, _cursor.Journals, cancellation), cancellationToken);

    private LogGap<JobLogEntry> Gap(long? count, List<JobLogRow> rows)
    {
        var cursor = _cursor with { Entries = count, IsEnd = false, JournalId = null };
        return new LogGap<JobLogEntry>(Cursor, cursor.Encode()) { ToTime = rows.Count > 0 ? rows[0].Timestamp : null };
    }
}
