using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>Searches the audit events of the database. Thread-safe.</summary>
public sealed class AuditLog
{
    private readonly LoggingDatabase _database;
    private readonly IFreshness _freshness;

    internal AuditLog(LoggingDatabase database, IFreshness freshness)
    {
        _database = database;
        _freshness = freshness;
    }

    /// <summary>Reads a page of the events that match, ordered by time, then journal, then number.</summary>
    /// <exception cref="InvalidPositionException">The cursor was not made by a query with the same order.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        AuditCursor? cursor = query.Cursor is null ? null : AuditCursor.Parse(query.Cursor, query.Descending);
        var behind = await _freshness.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await _database.QueryAsync(async context =>
        {
            // One more than asked for tells whether there is a next page.
            var rows = await Ordered(context, query, cursor).Take(query.Limit + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
            var journals = await context.Journals.AsNoTracking().ToDictionaryAsync(j => j.Id, j => j.Journal, cancellationToken).ConfigureAwait(false);
            var more = rows.Count > query.Limit;
            if (more) rows.RemoveAt(query.Limit);
            var next = more ? new AuditCursor(query.Descending, rows[^1].Timestamp, rows[^1].JournalId, rows[^1].Seq).ToString() : null;
            return new AuditPage([.. rows.Select(row => Event(row, journals[row.JournalId]))], next, behind);
        }).ConfigureAwait(false);
    }

    /// <summary>The query of a page, before its limit.</summary>
    internal IQueryable<AuditEventRow> Ordered(LoggingDbContext context, AuditQuery query, AuditCursor? cursor)
    {
        var events = AuditFilter.Apply(context, _database.Engine, query);
        if (cursor is { } place) events = AuditFilter.After(events, place);
        return query.Descending
            ? events.OrderByDescending(e => e.Timestamp).ThenByDescending(e => e.JournalId).ThenByDescending(e => e.Seq)
            : events.OrderBy(e => e.Timestamp).ThenBy(e => e.JournalId).ThenBy(e => e.Seq);
    }

    private static AuditEvent Event(AuditEventRow row, Guid journal) => new()
    {
        Id = row.Id,
        JournalId = journal,
        Seq = row.Seq,
        Timestamp = row.Timestamp,
        EventType = row.EventType,
        UserId = row.UserId,
        SourceIp = row.SourceIp,
        Level = row.Level,
        Category = row.Category,
        EventId = row.EventId,
        Message = row.Message,
        Details = Json(row.Details),
        Scope = Json(row.Scope),
        Exception = row.Exception,
        TraceId = row.TraceId,
        SpanId = row.SpanId,
        Instance = row.Instance,
        KeyId = row.KeyId,
        Hash = row.Hash,
    };

    private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);
}
