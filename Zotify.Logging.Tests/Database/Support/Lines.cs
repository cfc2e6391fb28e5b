using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>Lines as the handlers write them.</summary>
internal static class Lines
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static DateTime Noon { get; } = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    public static string Audit(
        string eventType = "user.login", DateTime? at = null, string? userId = null, object? details = null, object? scope = null,
        string? message = null, string? sourceIp = null, string? traceId = null, string instance = "m1/app", string? category = "Zotify",
        Guid? id = null) =>
        JsonSerializer.Serialize(
            new
            {
                timestamp = Time(at ?? Noon), event_type = eventType, user_id = userId, details, scope, id = id ?? Guid.CreateVersion7(at ?? Noon),
                level = "Information",
                category, event_id = 1001, message, source_ip = sourceIp, trace_id = traceId, instance, hash = "h",
            },
            Options);

    public static string Job(
        string jobId = "sync-1", DateTime? at = null, string? eventName = null, string level = "Information", string? message = null,
        string? jobType = null, long? done = null, long? total = null, object? properties = null, string instance = "m1/app",
        string? exception = null) =>
        JsonSerializer.Serialize(
            new
            {
                timestamp = Time(at ?? Noon), job_id = jobId, job_type = jobType, level, category = "Zotify.Sync", event_name = eventName,
                message, exception,
                progress_done = done, progress_total = total, properties, instance,
            },
            Options);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
