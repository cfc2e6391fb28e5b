using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Queries.Jobs;

/// <summary>Reads the jobs and their entries from the database. Thread-safe.</summary>
public sealed class JobLogs
{
    private readonly LoggingDatabase _database;
    private readonly IFreshness _freshness;

    internal JobLogs(LoggingDatabase database, IFreshness freshness)
    {
        _database = database;
        _freshness = freshness;
    }

    /// <summary>Reads a page of a job's entries in order of id; <see langword="null"/> where there is no such job.</summary>
    /// <exception cref="InvalidPositionException">The position was not made by a query of this class.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<JobLogPage?> ReadAsync(JobLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = Position(query.After);
        var jobId = JobIds.Shorten(query.JobId);
        var behind = await _freshness.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await _database.QueryAsync(async context =>
        {
            var job = await context.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.JobId == jobId, cancellationToken).ConfigureAwait(false);
            if (job is null) return null;
            var (rows, more) = await PageAsync(Entries(context, query, jobId, after), query, cancellationToken).ConfigureAwait(false);
            var journals = await context.Journals.AsNoTracking().ToDictionaryAsync(j => j.Id, j => j.Journal, cancellationToken).ConfigureAwait(false);
            var next = rows.Count > 0 ? rows[^1].Id.ToString(CultureInfo.InvariantCulture) : query.After;
            return new JobLogPage(Summary(job), [.. rows.Select(row => Entry(row, journals[row.JournalId]))], next, more, behind);
        }).ConfigureAwait(false);
    }

    /// <summary>The entries that match, in no order yet.</summary>
    internal static IQueryable<JobLogRow> Entries(LoggingDbContext context, JobLogQuery query, string jobId, long after)
    {
        var entries = context.JobLogs.AsNoTracking().Where(e => e.JobId == jobId && e.Id > after);
        if (query.From?.UtcDateTime is { } from) entries = entries.Where(e => e.Timestamp >= from);
        if (query.To?.UtcDateTime is { } to) entries = entries.Where(e => e.Timestamp < to);
        if (query.MinimumLevel > LogLevel.Trace)
        {
            var levels = Enum.GetValues<LogLevel>().Where(level => level >= query.MinimumLevel && level < LogLevel.None).Select(level => level.ToString()).ToArray();
            entries = entries.Where(e => levels.Contains(e.Level));
        }

        foreach (var pattern in Words.Patterns(query.Text)) entries = entries.Where(e => EF.Functions.Like(e.Message!, pattern, Words.Escape));
        return entries;
    }

    private static async Task<(List<JobLogRow> Rows, bool More)> PageAsync(IQueryable<JobLogRow> entries, JobLogQuery query, CancellationToken cancellationToken)
    {
        if (query.Tail is { } tail && tail <= query.Limit)
        {
            var last = await entries.OrderByDescending(e => e.Id).Take(tail).ToListAsync(cancellationToken).ConfigureAwait(false);
            last.Reverse();
            return (last, false);
        }

        if (query.Tail is { } many)
        {
            // A tail longer than a page begins at its first entry, and goes on by paging.
            var first = await entries.OrderByDescending(e => e.Id).Select(e => e.Id).Take(many).LastOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            entries = entries.Where(e => e.Id >= first);
        }

        var rows = await entries.OrderBy(e => e.Id).Take(query.Limit + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        var more = rows.Count > query.Limit;
        if (more) rows.RemoveAt(query.Limit);
        return (rows, more);
    }

    private static long Position(string? after)
    {
        if (after is null) return 0;
        return long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new InvalidPositionException("after");
    }

    private static JobSummary Summary(JobRow job) => new()
    {
        JobId = job.JobId,
        JobType = job.JobType,
        Status = job.Status,
        ProgressDone = job.ProgressDone,
        ProgressTotal = job.ProgressTotal,
        Entries = job.Entries,
        Warnings = job.Warnings,
        Errors = job.Errors,
        FirstAt = job.FirstAt,
        LastAt = job.LastAt,
        EndedAt = job.EndedAt,
        LastMessage = job.LastMessage,
    };

    private static JobLogEntry Entry(JobLogRow row, Guid journal) => new()
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
