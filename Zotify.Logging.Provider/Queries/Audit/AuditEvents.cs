using System.Text.Json;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Converts rows to events.</summary>
internal static class AuditEvents
{
    /// <summary>The events of rows, with their journals' own ids.</summary>
    public static async Task<List<AuditEvent>> OfAsync(
        LoggingConnection connection, List<AuditEventRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return [];
        var journals = await JournalIds.ReadAsync(connection, rows.Select(row => row.JournalId), cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => Of(row, journals[row.JournalId]));
    }

    /// <summary>The event of a row of a journal.</summary>
    public static AuditEvent Of(AuditEventRow row, Guid journal) => new()
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
