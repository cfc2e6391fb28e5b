using System.Text.Json;

namespace Zotify.Logging.Queries;

/// <summary>An entry of a job, by the columns of <c>job_logs</c>.</summary>
public sealed record JobLogEntry
{
    /// <summary>The entry's number in the table; entries of a job are ordered by it.</summary>
    public required long Id { get; init; }

    /// <summary>The journal's id.</summary>
    public required Guid Journal { get; init; }

    /// <summary>The number in the journal.</summary>
    public required long Seq { get; init; }

    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The instance that wrote it.</summary>
    public required string Instance { get; init; }

    /// <summary>The time of the call, in UTC.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>The level's name.</summary>
    public required string Level { get; init; }

    /// <summary>The category.</summary>
    public required string Category { get; init; }

    /// <summary>The event's number.</summary>
    public int? EventId { get; init; }

    /// <summary>The event's name.</summary>
    public string? EventName { get; init; }

    /// <summary>The rendered message.</summary>
    public string? Message { get; init; }

    /// <summary>The exception's text.</summary>
    public string? Exception { get; init; }

    /// <summary>The message's properties.</summary>
    public JsonElement? Properties { get; init; }

    /// <summary>How much was done at this entry.</summary>
    public long? ProgressDone { get; init; }

    /// <summary>What the progress counts up to.</summary>
    public long? ProgressTotal { get; init; }

    /// <summary>The trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The span id.</summary>
    public string? SpanId { get; init; }
}
