using Zotify.Logging.Database;
using Zotify.Logging.Instances;
using Zotify.Logging.Records;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>Reads the jobs and their entries from the database. Thread-safe.</summary>
public sealed class JobLogs
{
    private const int MaxLimit = 10_000;
    private const int MaxListLimit = 1_000;

    private readonly LoggingDatabase _database;
    private readonly IReadYourWrites _readYourWrites;
    private readonly JobExpectations _expectations;

    /// <param name="database">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    /// <param name="expectations">What running jobs are compared with; by default the default options.</param>
    internal JobLogs(LoggingDatabase database, IReadYourWrites readYourWrites, JobExpectations? expectations = null)
    {
        _database = database;
        _readYourWrites = readYourWrites;
        _expectations = expectations ?? JobExpectations.Default;
    }

    /// <summary>How many rows a query compares before it answers what it has.</summary>
    internal int MostCompared { get; init; } = ScanBudget.UsualRows;

    /// <summary>
    /// Reads a page of a job's entries; <see langword="null"/> if there is no such job. If the tail has more entries than the limit, the
    /// page has its first entries. A query that would have to compare very many entries stops before, and its page says so:
    /// <see cref="JobLogPage.StoppedAt"/>.
    /// </summary>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query of this class.</exception>
    /// <exception cref="ArgumentException">
    /// Limit or tail is out of range, or the terms are malformed: over 100, one of over 1,000 characters, or a phrase that is empty or has
    /// no end.
    /// </exception>
    /// <exception cref="LogBehindException">There is no such job yet, and the database is behind the journals.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<JobLogPage?> ReadAsync(JobLogQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query.Limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit, nameof(query.Limit));
        ArgumentOutOfRangeException.ThrowIfNegative(query.Tail ?? 0, nameof(query.Tail));
        var after = query.After is { } cursor ? JobCursor.Decode(cursor) : JobCursor.Start;
        if (query.Before is { } before) JobCursor.Decode(before, nameof(query.Before));
        SearchTerms.Parse(query.Text, nameof(query.Text));
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var page = await _database.ReadAsync(
            async (connection, cancellation) =>
            {
                // Read the job before its entries: if it has ended by then, its last entries are among them.
                var id = JobIds.Shorten(query.JobId);
                var job = await JobRowReader.FindAsync(connection, id, cancellation).ConfigureAwait(false);
                if (job is null) return null;
                var found = await JobLogReader.ReadAsync(
                    connection, query, after.Journals, new ScanBudget(MostCompared), cancellation).ConfigureAwait(false);
                var rows = found.Rows;
                var ids = rows.Select(row => row.JournalId);
                var journals = await JournalIds.ReadAsync(connection, ids, cancellation).ConfigureAwait(false);
                var items = rows.ConvertAll(row => ToEntry(row, journals[row.JournalId]));
                var summary = await _expectations.SummaryAsync(connection, job, cancellation).ConfigureAwait(false);
                return new JobLogPage(summary, items, new JobCursor(found.Next).Encode(), found.More, behind)
                {
                    StoppedAt = found.StoppedAt,
                    NextBefore = found.Before?.Seqs.Any(journal => journal.Value > 0) is true ? new JobCursor(found.Before).Encode() : null,
                };
            },
            cancellationToken).ConfigureAwait(false);
        // The database is behind, so the job may still arrive: that it is missing proves nothing.
        return page is null && behind > 0 ? throw new LogBehindException(behind) : page;
    }

    /// <summary>
    /// Lists the jobs that match, and counts them by status. A list that would have to compare very many jobs stops before, and its page
    /// says so: <see cref="JobListPage.IsIncomplete"/>.
    /// </summary>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query of this kind with the same order.</exception>
    /// <exception cref="ArgumentException">
    /// The limit is out of range, a filter has over 100 values, or the terms are malformed: over 100, one of over 1,000 characters, or a
    /// phrase that is empty or has no end.
    /// </exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<JobListPage> ListAsync(JobListQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query.Limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxListLimit, nameof(query.Limit));
        // Refuses a malformed query before anything waits for it.
        _ = JobListSearch.Build(query, _database.Dialect, after: null, query.Limit, StalledStates.None);
        _ = new JobListMatcher(query, StalledStates.None);
        if (query.Cursor is { } cursor) JobListCursor.Decode(cursor, query.Order);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await _database.ReadAsync(
            async (connection, cancellation) =>
            {
                var states = await _expectations.StatesAsync(connection, cancellation).ConfigureAwait(false);
                var reader = new JobListReader(connection, query, states, MostCompared);
                var (jobs, next, isIncomplete) = await reader.ReadAsync(cancellation).ConfigureAwait(false);
                var (totals, isCounted) = await reader.CountAsync(cancellation).ConfigureAwait(false);
                return new JobListPage(jobs.ConvertAll(job => JobSummary.Of(job, states)), next?.Encode(), behind)
                {
                    IsIncomplete = isIncomplete, Totals = totals, HasAllTotals = isCounted,
                    Overdue = await _expectations.OverdueAsync(connection, cancellation).ConfigureAwait(false),
                };
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>About how many characters a row has.</summary>
    internal static int SizeOf(JobLogRow row) =>
        200 + (row.Message?.Length ?? 0) + (row.Exception?.Length ?? 0) + (row.Properties?.Length ?? 0);

    /// <summary>Converts a row of a journal.</summary>
    internal static JobLogEntry ToEntry(JobLogRow row, Guid journal) => new()
    {
        Id = row.Id,
        Journal = journal,
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
        Properties = JsonColumn.Read(row.Properties),
        ProgressDone = row.ProgressDone,
        ProgressTotal = row.ProgressTotal,
        TraceId = row.TraceId,
        SpanId = row.SpanId,
    };
}
