using Microsoft.Extensions.Logging;
using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>Reads a job's log in blocks, tells where entries were deleted before they were read, and when the job has ended.</summary>
/// <param name="live">The database.</param>
/// <param name="readYourWrites">Waits for what was logged right after the end.</param>
/// <param name="query">The job, and which of its entries to read.</param>
/// <param name="place">Where to start.</param>
/// <param name="follows">Whether to wait for a database that is away.</param>
internal sealed class JobBlockReader(LiveDatabase live, IReadYourWrites readYourWrites, JobLogQuery query, JobCursor place, bool follows)
    : LiveReader<JobLogItem>(place.Encode(), follows)
{
    private JobLogQuery _query = query with { Limit = RowsAtOnce };
    private JobCursor _place = place;
    private bool _isSettled;
    private bool _toldEnd;

    /// <summary>Entries that are not read are not counted.</summary>
    private bool ReadsAllEntries => _query is { MinimumLevel: LogLevel.Trace, Text: null, From: null, To: null };

    /// <inheritdoc/>
    protected override void Widen() => _query = _query with { From = null, To = null };

    /// <inheritdoc/>
    protected override TableSubscription NewSignal() => live.Watch.FollowJob(JobIds.Shorten(_query.JobId));

    /// <inheritdoc/>
    protected override async Task<LogPoll<JobLogItem>> PassAsync(CancellationToken cancellationToken)
    {
        var look = await LookAsync(cancellationToken).ConfigureAwait(false);
        if (look.IsEnded && !_isSettled)
        {
            // Its last entry may not be the one that says that it ended.
            await readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            _isSettled = true;
            look = await LookAsync(cancellationToken).ConfigureAwait(false);
        }

        if (look.Job?.Status == JobStatus.Running) _isSettled = _toldEnd = false;
        var items = new List<(JobLogItem, int)>(look.Rows.Count + 1);
        // Where all of it is there, the number that the job counts says how many came before; otherwise the last place does.
        var count = !ReadsAllEntries ? null : look.IsWhole ? look.Job?.Entries - look.Rows.Count : _place.Entries;
        if (count > _place.Entries) items.Add((Gap(count, look.Rows), 0));
        foreach (var row in look.Rows)
        {
            _place = _place.After(row.JournalId, row.Seq, ++count);
            items.Add((new JobLogRecord(_place.Encode(), JobLogs.ToEntry(row, look.Journals[row.JournalId])), SizeOf(row)));
        }

        _place = new JobCursor(look.Next, look.IsWhole ? look.Job?.Entries : count);
        if (look.IsEnded && !_toldEnd)
        {
            _toldEnd = true;
            items.Add((new JobLogEnd((_place with { IsEnd = true }).Encode(), JobSummary.Of(look.Job!)), 0));
        }

        return new LogPoll<JobLogItem>(items, _place.Encode(), More: !look.IsWhole);
    }

    private static int SizeOf(JobLogRow row) => 200 + (row.Message?.Length ?? 0) + (row.Exception?.Length ?? 0) + (row.Properties?.Length ?? 0);

    private Task<JobPoll> LookAsync(CancellationToken cancellationToken) => live.ReadAsync(
        (connection, cancellation) => JobPoll.TakeAsync(connection, _query, _place.Journals, cancellation), cancellationToken);

    private JobLogGap Gap(long? count, List<JobLogRow> rows) => new(Position, (_place with { Entries = count, IsEnd = false }).Encode())
    {
        ToTime = rows.Count > 0 ? rows[0].Timestamp : null,
    };
}
