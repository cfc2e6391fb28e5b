using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>Reads the jobs and their entries from the database. Thread-safe.</summary>
public sealed class JobLogs
{
    private const int MaxLimit = 10_000;
    private const int MaxListLimit = 1_000;

    private readonly LoggingDatabase _database;
    private readonly IReadYourWrites _readYourWrites;

    /// <param name="database">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal JobLogs(LoggingDatabase database, IReadYourWrites readYourWrites)
    {
        _database = database;
        _readYourWrites = readYourWrites;
    }

    /// <summary>
    /// Reads a page of a job's entries; <see langword="null"/> where there is no such job. Of a tail of more entries than the
    /// limit, the first come first.
    /// </summary>
    /// <exception cref="InvalidCursorException">The position was not made by a query of this class.</exception>
    /// <exception cref="ArgumentException">Limit or tail is out of range, there are over 100 words, or one of over 1,000 characters.</exception>
    /// <exception cref="LogBehindException">There is no such job yet, and the database is behind the journals.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<JobLogPage?> ReadAsync(JobLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, "limit");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit, "limit");
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, "tail");
        var after = query.After is { } position ? JobCursor.Decode(position) : JobCursor.Start;
        SqlFilter.CheckTerms(query.Text, "q");
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var page = await _database.ReadAsync(
            async (connection, cancellation) =>
            {
                // The job before its entries: whoever reads that it has ended has its last entries, too.
                var id = JobIds.Shorten(query.JobId);
                var job = await JobRowReader.FindAsync(connection, id, cancellation).ConfigureAwait(false);
                if (job is null) return null;
                var (rows, more, next) = await JobLogReader.ReadAsync(connection, query, after.Journals, cancellation).ConfigureAwait(false);
                var journals = await JournalIds.ReadAsync(connection, rows.Select(row => row.JournalId), cancellation).ConfigureAwait(false);
                var items = rows.ConvertAll(row => ToEntry(row, journals[row.JournalId]));
                return new JobLogPage(JobSummary.Of(job), items, new JobCursor(next).Encode(), more, behind);
            },
            cancellationToken).ConfigureAwait(false);
        // Of a job that is not there, nobody can say that there is none while the database is behind.
        return page is null && behind > 0 ? throw new LogBehindException(behind) : page;
    }

    /// <summary>Lists the jobs that match, those that began last first.</summary>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query of this kind.</exception>
    /// <exception cref="ArgumentException">The limit is out of range, a filter has over 100 values or words, or a word over 1,000 characters.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<JobListPage> ListAsync(JobListQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, "limit");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxListLimit, "limit");
        // One more than asked for tells whether there is a next page.
        var sql = JobListSearch.Build(query, _database.Dialect, query.Limit + 1);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var jobs = await _database.ReadAsync(
            (connection, cancellation) => JobRowReader.ReadAsync(connection, sql, cancellation), cancellationToken).ConfigureAwait(false);
        var more = jobs.Count > query.Limit;
        if (more) jobs.RemoveAt(query.Limit);
        return new JobListPage(jobs.ConvertAll(JobSummary.Of), more ? new JobListCursor(jobs[^1].FirstAt, jobs[^1].JobId).Encode() : null, behind);
    }

    internal static JobLogEntry ToEntry(JobLogRow row, Guid journal) => new()
    {
        Id = row.Id,
        JournalId = journal,
        Seq = row.Seq,
        JobId = row.JobId,
        Instance = row.Instance,
        Timestamp = row.Timestamp,
        Level = row.Level,
        Category = row.Category,
        EventId = row.EventId,
        EventName = row.EventName,
        Message = row.Message,
        Exception = row.Exception,
        Properties = row.Properties is null ? null : JsonElement.Parse(row.Properties),
        ProgressDone = row.ProgressDone,
        ProgressTotal = row.ProgressTotal,
        TraceId = row.TraceId,
        SpanId = row.SpanId,
    };
}
