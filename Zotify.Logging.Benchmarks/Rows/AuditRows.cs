using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>Audit events of 1,000 users.</summary>
internal static class AuditRows
{
    private const int Users = 1_000;

    /// <summary>The kind. The floor has no index of the texts.</summary>
    public static RowKind Kind { get; } = new(
        "audit",
        Log,
        """
        CREATE TABLE events (id INTEGER PRIMARY KEY, timestamp TEXT NOT NULL, event_type TEXT NOT NULL, user_id TEXT, level TEXT NOT NULL,
          category TEXT NOT NULL, event_id INTEGER, message TEXT, details TEXT, instance TEXT NOT NULL);
        CREATE INDEX events_user ON events (user_id, timestamp);
        CREATE INDEX events_type ON events (event_type, timestamp);
        """,
        "events",
        ["timestamp", "event_type", "user_id", "level", "category", "event_id", "message", "details", "instance"],
        Values);

    private static void Log(ILogger logger, int count)
    {
        for (var i = 0; i < count; i++) Calls.SignedIn(logger, UserOf(i), "web", i);
    }

    private static object?[] Values(int i) =>
    [
        TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        "user.login",
        UserOf(i),
        "Information",
        "Zotify.Sync",
        1001L,
        $"User {UserOf(i)} logged in from web, attempt {i.ToString(CultureInfo.InvariantCulture)}",
        $$"""{"source":"web","attempt":{{i.ToString(CultureInfo.InvariantCulture)}}}""",
        "benchmark/zotify",
    ];

    private static string UserOf(int i) => string.Create(CultureInfo.InvariantCulture, $"u{(uint)(i * 7919) % Users}");
}
