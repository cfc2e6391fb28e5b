using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Converts rows to events.</summary>
internal static class AuditEvents
{
    /// <summary>About how many characters a row has.</summary>
    public static int SizeOf(AuditEventRow row) =>
        500 + (row.Message?.Length ?? 0) + (row.Details?.Length ?? 0) + (row.Scope?.Length ?? 0) + (row.Exception?.Length ?? 0);

    /// <summary>The events of rows, with their journals' own ids.</summary>
    public static async Task<List<AuditEvent>> OfAsync(
        LoggingConnection connection, List<AuditEventRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return [];
        var journals = await JournalIds.ReadAsync(connection, rows.Select(row => row.JournalId), cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => AuditEvent.Of(row, journals[row.JournalId]));
    }
}
