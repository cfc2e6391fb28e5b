namespace Zotify.Logging.Provider.Database.Entities;

/// <summary>An entry of a job: table <c>job_logs</c>.</summary>
internal sealed class JobLogRow
{
    public long Id { get; set; }

    public long JournalId { get; set; }

    public long Seq { get; set; }

    public required string JobId { get; set; }

    public required string Instance { get; set; }

    public DateTime Timestamp { get; set; }

    public required string Level { get; set; }

    public required string Category { get; set; }

    public int? EventId { get; set; }

    public string? EventName { get; set; }

    public string? Message { get; set; }

    public string? Exception { get; set; }

    /// <summary>JSON.</summary>
    public string? Properties { get; set; }

    public long? ProgressDone { get; set; }

    public long? ProgressTotal { get; set; }

    public string? TraceId { get; set; }

    public string? SpanId { get; set; }
}
