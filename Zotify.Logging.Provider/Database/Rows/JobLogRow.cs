using Zotify.Logging.Records;

namespace Zotify.Logging;

/// <summary>A row of <c>job_logs</c>: an entry of a job.</summary>
public sealed class JobLogRow
{
    /// <summary>The entry's number in the table; a job's entries are ordered by it. It is never reused.</summary>
    public long Id { get; set; }

    /// <summary>The journal, as a row of <c>journals</c>.</summary>
    public required long JournalId { get; set; }

    /// <summary>The line's number in the journal.</summary>
    public required long Seq { get; set; }

    /// <summary>The job, shortened by <see cref="JobIds.Shorten"/>.</summary>
    public required string JobId { get; set; }

    /// <summary>The instance that wrote it.</summary>
    public required string Instance { get; set; }

    /// <summary>The time of the call, in UTC.</summary>
    public required DateTime Timestamp { get; set; }

    /// <summary>The level's name.</summary>
    public required string Level { get; set; }

    /// <summary>The category.</summary>
    public required string Category { get; set; }

    /// <summary>The event's number.</summary>
    public int? EventId { get; set; }

    /// <summary>The event's name.</summary>
    public string? EventName { get; set; }

    /// <summary>The rendered message.</summary>
    public string? Message { get; set; }

    /// <summary>The exception's text.</summary>
    public string? Exception { get; set; }

    /// <summary>The message's properties, a JSON object as the journal has it.</summary>
    public string? Properties { get; set; }

    /// <summary>How much was done at this entry.</summary>
    public long? ProgressDone { get; set; }

    /// <summary>What the progress counts up to.</summary>
    public long? ProgressTotal { get; set; }

    /// <summary>The trace id.</summary>
    public string? TraceId { get; set; }

    /// <summary>The span id.</summary>
    public string? SpanId { get; set; }
}
