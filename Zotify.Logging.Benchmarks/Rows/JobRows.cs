using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Scenarios;

namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>Entries of jobs, 1,000 of each.</summary>
internal static class JobRows
{
    private const int EntriesOfJob = 1_000;

    /// <summary>The kind.</summary>
    public static RowKind Kind { get; } = new(
        "jobs",
        Log,
        """
        CREATE TABLE entries (id INTEGER PRIMARY KEY, job_id TEXT NOT NULL, timestamp TEXT NOT NULL, level TEXT NOT NULL,
          category TEXT NOT NULL, event_id INTEGER, event_name TEXT, message TEXT, properties TEXT,
          progress_done INTEGER, progress_total INTEGER, instance TEXT NOT NULL);
        CREATE INDEX entries_job ON entries (job_id);
        """,
        "entries",
        [
            "job_id", "timestamp", "level", "category", "event_id", "event_name", "message", "properties", "progress_done", "progress_total",
            "instance",
        ],
        Values);

    private static void Log(ILogger logger, int count)
    {
        for (var first = 0; first < count; first += EntriesOfJob)
        {
            using (logger.BeginScope(new KeyValuePair<string, object?>[] { new("job_id", JobOf(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()))), new("job_type", "sync") }))
            {
                for (var i = first; i < Math.Min(count, first + EntriesOfJob); i++)
                    Calls.Downloaded(logger, i - first, EntriesOfJob, "Kind of Blue");
            }
        }
    }

    private static object?[] Values(int i)
    {
        var done = i % EntriesOfJob;
        return
        [
            JobOf(new Guid(i / EntriesOfJob, 0, 0, new byte[8])),
            TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            "Information",
            "Zotify.Sync",
            7L,
            "Downloaded",
            string.Create(CultureInfo.InvariantCulture, $"Track {done}/{EntriesOfJob} of Kind of Blue downloaded"),
            string.Create(CultureInfo.InvariantCulture, $$"""{"done":{{done}},"total":{{EntriesOfJob}},"album":"Kind of Blue"}"""),
            (long)done,
            (long)EntriesOfJob,
            "benchmark/zotify",
        ];
    }

    private static string JobOf(Guid id) => $"sync-{id:N}";
}
