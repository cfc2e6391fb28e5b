using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Database.Entities;

namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>Turns an <see cref="AuditQuery"/> into a query over <c>audit_events</c>. Every value is a parameter.</summary>
internal static class AuditFilter
{
    /// <summary>The events that match, in no order yet.</summary>
    public static IQueryable<AuditEventRow> Apply(LoggingDbContext context, IDatabaseEngine engine, AuditQuery query)
    {
        var events = WithDetails(context, engine, query.Details).AsNoTracking();
        if (query.UserIds.Count > 0) events = events.Where(e => query.UserIds.Contains(e.UserId!));
        if (query.SourceIps.Count > 0) events = events.Where(e => query.SourceIps.Contains(e.SourceIp!));
        if (query.TraceIds.Count > 0) events = events.Where(e => query.TraceIds.Contains(e.TraceId!));
        if (query.Instances.Count > 0) events = events.Where(e => query.Instances.Contains(e.Instance));
        if (query.EventTypes.Count > 0) events = events.Where(AnyOf.These(query.EventTypes.Select(OfType)));
        if (query.From?.UtcDateTime is { } from) events = events.Where(e => e.Timestamp >= from);
        if (query.To?.UtcDateTime is { } to) events = events.Where(e => e.Timestamp < to);
        foreach (var pattern in Words.Patterns(query.Text))
            events = events.Where(e => EF.Functions.Like(e.Message!, pattern, Words.Escape) || EF.Functions.Like(e.Details!, pattern, Words.Escape));
        return events;
    }

    /// <summary>The events strictly after the cursor, in the order's direction.</summary>
    public static IQueryable<AuditEventRow> After(IQueryable<AuditEventRow> events, AuditCursor cursor)
    {
        var (descending, time, journal, seq) = cursor;
        // The first condition follows from the second; it lets the engine begin in the middle of an index.
        return descending
            ? events.Where(e => e.Timestamp <= time
                && (e.Timestamp < time || e.JournalId < journal || (e.JournalId == journal && e.Seq < seq)))
            : events.Where(e => e.Timestamp >= time
                && (e.Timestamp > time || e.JournalId > journal || (e.JournalId == journal && e.Seq > seq)));
    }

    private static Expression<Func<AuditEventRow, bool>> OfType(string pattern)
    {
        if (!pattern.EndsWith('*')) return e => e.EventType == pattern;
        var prefix = pattern[..^1];
        if (prefix.Length == 0) return e => true;
        // A range uses the index, and compares byte by byte as the column does.
        var end = prefix[..^1] + (char)(prefix[^1] + 1);
        return e => string.Compare(e.EventType, prefix) >= 0 && string.Compare(e.EventType, end) < 0;
    }

    private static IQueryable<AuditEventRow> WithDetails(
        LoggingDbContext context, IDatabaseEngine engine, IReadOnlyDictionary<string, IReadOnlyList<string>> details)
    {
        if (details.Count == 0) return context.AuditEvents;
        var arguments = new List<object>();
        var conditions = details.Select(detail =>
            $"({string.Join(" OR ", detail.Value.Select(value => engine.DetailsCondition(detail.Key.Split('.'), value, arguments)))})");
        // The engine's conditions hold only places of parameters; every path and value is an argument.
#pragma warning disable EF1002
        return context.AuditEvents.FromSqlRaw($"SELECT * FROM audit_events WHERE {string.Join(" AND ", conditions)}", [.. arguments]);
#pragma warning restore EF1002
    }
}
