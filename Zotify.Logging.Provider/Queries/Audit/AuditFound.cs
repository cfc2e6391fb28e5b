namespace Zotify.Logging.Queries;

/// <summary>What a search found for a page.</summary>
/// <param name="Rows">The rows, in order.</param>
/// <param name="Next">Where the search goes on; <see langword="null"/> at its end.</param>
/// <param name="StoppedAt">
/// The time of the last row that was compared, where the search stopped before the page was full or the log ended; otherwise
/// <see langword="null"/>.
/// </param>
internal sealed record AuditFound(List<AuditEventRow> Rows, AuditPageCursor? Next, DateTime? StoppedAt);
