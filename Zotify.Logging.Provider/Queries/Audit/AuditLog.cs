using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>Searches the audit events of the database. Thread-safe.</summary>
public sealed class AuditLog
{
    private const int MaxLimit = 1_000;

    private readonly LoggingDatabase _database;
    private readonly IFreshness _freshness;

    /// <param name="database">The database.</param>
    /// <param name="freshness">Waits for what was logged before the query.</param>
    internal AuditLog(LoggingDatabase database, IFreshness freshness)
    {
        _database = database;
        _freshness = freshness;
    }

    /// <summary>Reads a page of the events that match.</summary>
    /// <exception cref="InvalidPositionException">The cursor was not made by a query with the same order.</exception>
    /// <exception cref="ArgumentException">The limit is out of range, a filter has over 100 values or words, or a word over 1,000 characters.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, "limit");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit, "limit");
        // One more than asked for tells whether there is a next page.
        var sql = AuditSearch.Build(query, _database.Dialect, query.Limit + 1);
        var behind = await _freshness.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await _database.ReadAsync(
            async (context, cancellation) =>
            {
                var rows = await context.AuditEvents.FromSqlRaw(sql.Text, sql.Parameters).AsNoTracking()
                    .ToListAsync(cancellation).ConfigureAwait(false);
                var more = rows.Count > query.Limit;
                if (more) rows.RemoveAt(query.Limit);
                var journals = await context.JournalIdsAsync(rows.Select(row => row.JournalId), cancellation).ConfigureAwait(false);
                var next = more ? new AuditCursor(rows[^1].Timestamp, rows[^1].JournalId, rows[^1].Seq).Encode(query.Descending) : null;
                return new AuditPage(rows.ConvertAll(row => ToEvent(row, journals[row.JournalId])), next, behind);
            },
            cancellationToken).ConfigureAwait(false);
    }

    internal static AuditEvent ToEvent(AuditEventRow row, Guid journal) => new()
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
        Details = row.Details is null ? null : JsonElement.Parse(row.Details),
        Scope = row.Scope is null ? null : JsonElement.Parse(row.Scope),
        Exception = row.Exception,
        TraceId = row.TraceId,
        SpanId = row.SpanId,
        Instance = row.Instance,
        KeyId = row.KeyId,
        Hash = row.Hash,
    };
}
