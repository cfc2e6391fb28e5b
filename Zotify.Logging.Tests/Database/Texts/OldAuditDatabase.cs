using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>A SQLite database with the tables, the events and the index of the texts of the version before.</summary>
internal static class OldAuditDatabase
{
    /// <summary>How many events it has; a million in full size.</summary>
    public static int Events { get; } = 10_000 * (TestScale.Factor >= 20 ? 100 : 1);

    /// <summary>The texts that the index of the version before has.</summary>
    private const string OldIndex =
        """
        INSERT INTO audit_text_order (place, lag, row_id) SELECT row_id, 0, row_id FROM audit_events;
        INSERT INTO audit_text (rowid, message, details) SELECT row_id, message, details FROM audit_events;
        """;

    /// <summary>Creates it.</summary>
    public static async Task MakeAsync(SqliteStore store)
    {
        await store.MakeOldTablesAsync(store.OldVersions.Single(version => version.Contains("AuditFilters", StringComparison.Ordinal)));
        await store.ExecuteAsync(
            $"""
            INSERT INTO journals (journal, instance, name, seq, hash, segment, offset)
              VALUES ('0195d8e4-0000-7000-8000-000000000001', 'old/app', 'audit.log.json', {Events}, 'h', 1, 100);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Events})
            INSERT INTO audit_events (journal_id, seq, id, timestamp, event_type, user_id, source_ip, level, category, message, details, instance)
              SELECT 1, i, printf('0195d8e4-0000-7000-8000-%012x', i), strftime('%Y-%m-%dT%H:%M:%S', '2026-11-23', i || ' seconds') || '.0000000Z',
                'user.login', 'u' || (i % 50), '10.0.0.' || (i % 200), 'Information', 'c', 'Event ' || i || ' of old', '[1]', 'old/app'
              FROM n;
            INSERT INTO audit_counts (hour, event_type, count)
              SELECT substr(timestamp, 1, 13) || ':00:00.0000000Z', event_type, count(*) FROM audit_events GROUP BY 1, 2;
            {OldIndex}
            """);
    }
}
