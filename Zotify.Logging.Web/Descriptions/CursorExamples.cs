using System.Text.Json.Nodes;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Web.Descriptions;

/// <summary>Examples of cursors that the API accepts: each kind is of one log.</summary>
internal static class CursorExamples
{
    private const string Logs = "/api/logs";

    private static readonly DateTime Time = new(2026, 11, 23, 15, 6, 10, DateTimeKind.Utc);
    private static readonly JournalsCursor Journals = new([new(1, 17)]);

    /// <summary>Of a page of audit events.</summary>
    public static string Audit { get; } = new AuditPageCursor(Time, 1, 17).Encode(descending: true);

    /// <summary>Of a page of jobs.</summary>
    public static string Jobs { get; } = new JobListCursor(JobListOrder.Began, Time, "sync-0198c7f3").Encode();

    /// <summary>Of a job's log.</summary>
    public static string Job { get; } = new JobCursor(Journals).Encode();

    /// <summary>An example of a parameter; <see langword="null"/> for a parameter that is no cursor.</summary>
    public static JsonNode? For(string path, string name) => (path, name) switch
    {
        ($"{Logs}/audit", "cursor") => Audit,
        ($"{Logs}/jobs", "cursor") => Jobs,
        ($"{Logs}/system/stream", "after" or "before" or "through" or "Last-Event-ID") =>
            new SystemLogCursor("b2f1c0de8042aa17", 8042).ToString(),
        ($"{Logs}/audit/stream", "after" or "Last-Event-ID") => AuditStreamCursor.Encode(Journals),
        ($"{Logs}/jobs/{{job_id}}" or $"{Logs}/jobs/{{job_id}}/stream", "after" or "before" or "Last-Event-ID") => Job,
        _ => null,
    };
}
