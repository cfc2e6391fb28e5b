using System.Globalization;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Formats;
using Zotify.Logging.Instances;
using Zotify.Logging.Records;

namespace Zotify.Logging.Handlers;

/// <summary>
/// The entry in the log of a job whose instance is gone. The category is the library's own: the projection tells the entry by it.
/// </summary>
internal static class AbandonmentNote
{
    private const string TypeKey = "job_type";

    /// <summary>The record of a job that was ended.</summary>
    public static LogRecord Of(AbandonedJob job, string scopeKey, DateTimeOffset now) => new()
    {
        Timestamp = now,
        Level = LogLevel.Warning,
        Category = ReservedNames.Category,
        EventId = JobEvents.Interrupted,
        Message = string.Create(
            CultureInfo.InvariantCulture,
            $"Interrupted: its instance {job.Instance} has not been seen since {job.SeenAt:yyyy-MM-ddTHH:mm:ss.fffffff}Z"),
        // With the type, because other readers of this journal have seen no line of the job that names it.
        Properties =
        [
            new(scopeKey, job.JobId), .. job.JobType is { } type ? [new(TypeKey, type)] : Array.Empty<KeyValuePair<string, object?>>(),
            new("abandoned_instance", job.Instance), new("seen_at", job.SeenAt),
        ],
    };
}
