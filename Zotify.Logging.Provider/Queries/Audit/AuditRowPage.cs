namespace Zotify.Logging.Queries;

/// <summary>The rows of a page, and how to go on.</summary>
/// <param name="Rows">The rows in the query's order.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> where there is none.</param>
/// <param name="Previous">The cursor of the page before; <see langword="null"/> where there is none.</param>
/// <param name="StoppedAt">Where the search stopped, as in <see cref="AuditFound"/>.</param>
internal sealed record AuditRowPage(List<AuditEventRow> Rows, string? Next, string? Previous, DateTime? StoppedAt);
