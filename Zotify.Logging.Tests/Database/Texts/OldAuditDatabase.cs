using Zotify.Logging.Tests.Database.Support;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Database.Texts;

/// <summary>A database with the tables, the events and, in SQLite, the index of the texts of the version before.</summary>
internal static class OldAuditDatabase
{
    private const string Day = "CAST('2026-11-23' AS datetime2(7))";

    private const string SqliteEvents =
        """
        i, printf('0195d8e4-0000-7000-8000-%012x', i), strftime('%Y-%m-%dT%H:%M:%S', '2026-11-23', i || ' seconds') || '.0000000Z',
        'user.login', 'u' || (i % 50), '10.0.0.' || (i % 200), 'Information', 'c', 'Event ' || i || ' of old', '[1]', printf('%032x', i), 'old/app'
        """;

    private const string SqlServerEvents =
        $"""
        i, CAST(CONCAT('0195d8e4-0000-7000-8000-', RIGHT(CONCAT('000000000000', i), 12)) AS uniqueidentifier), DATEADD(second, i, {Day}),
        'user.login', CONCAT('u', i % 50), CONCAT('10.0.0.', i % 200), 'Information', 'c', CONCAT('Event ', i, ' of old'), '[1]',
        RIGHT(CONCAT('00000000000000000000000000000000', i), 32), 'old/app'
        """;

    /// <summary>The texts that the index of the version before has.</summary>
    private const string OldIndex =
        """
        INSERT INTO audit_text_order (place, lag, row_id) SELECT row_id, 0, row_id FROM audit_events;
        INSERT INTO audit_text (rowid, message, details) SELECT row_id, message, details FROM audit_events;
        """;

    /// <summary>How many events it has; a million in full size.</summary>
    public static int Events { get; } = TestScale.Factor >= 20 ? 1_000_000 : 10_000;

    /// <summary>Creates it with the events of a journal, whose lines it appends.</summary>
    public static async Task MakeAsync(TestStore store, FakeJournal journal)
    {
        journal.Append(Enumerable.Repeat("a line that was projected", Events));
        var last = journal.Read(default, int.MaxValue)[^1].ToCheckpoint();
        await store.MakeOldTablesAsync(store.OldVersions.Single(version => version.Contains("AuditFilters", StringComparison.Ordinal)));
        var (isSqlite, hour) = store.Engine == "Sqlite"
            ? (true, "substr(timestamp, 1, 13) || ':00:00.0000000Z'")
            : (false, $"DATEADD(hour, DATEDIFF(hour, {Day}, timestamp), {Day})");
        await store.ExecuteAsync(
            $"""
            INSERT INTO journals (journal, instance, name, seq, hash, segment, "offset")
            VALUES ('{journal.Id}', 'old/app', '{journal.FileName}', {last.Seq}, '{last.LineHash}', {last.Segment}, {last.Offset})
            """,
            $"""
            INSERT INTO audit_events
              (journal_id, seq, id, timestamp, event_type, user_id, source_ip, level, category, message, details, trace_id, instance)
            SELECT 1, {(isSqlite ? SqliteEvents : SqlServerEvents)}
            FROM {Numbers(Events)} AS n
            """,
            $"""
            INSERT INTO audit_counts (hour, event_type, count)
            SELECT {hour}, event_type, COUNT(*) FROM audit_events GROUP BY {hour}, event_type
            """);
        if (isSqlite) await store.ExecuteAsync(OldIndex);
    }

    /// <summary>The numbers from 1 to a power of ten, a column <c>i</c>.</summary>
    private static string Numbers(int count)
    {
        const string Digits = "(SELECT 0 AS i UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 "
            + "UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
        var (sum, from) = ("1", "");
        for (var power = 1; power < count; power *= 10)
        {
            sum += $" + {power} * d{power}.i";
            from += $"{(power > 1 ? " CROSS JOIN " : "")}{Digits} AS d{power}";
        }

        return $"(SELECT {sum} AS i FROM {from})";
    }
}
