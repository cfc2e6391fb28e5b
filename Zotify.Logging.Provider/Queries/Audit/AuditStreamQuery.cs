namespace Zotify.Logging.Queries;

/// <summary>Which audit events are streamed.</summary>
/// <param name="Filter">The filters of the search. <see cref="AuditQuery.From"/> is where the stream begins, <see cref="AuditQuery.To"/> where it ends; order, limit and cursor are not looked at.</param>
public sealed record AuditStreamQuery(AuditQuery Filter)
{
    /// <summary>Whether to wait for new events after the last one.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>Only the last N events that match; <see langword="null"/> means 100, or all where a time or <see cref="After"/> is given.</summary>
    public int? Tail { get; init; }

    /// <summary>A position: goes on strictly after it.</summary>
    public string? After { get; init; }
}
