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
        return rows.ConvertAll(row => AuditEvent.Of(row, journals[row.JournalId]));
    }
}
