namespace Zotify.Logging.Queries;

/// <summary>A page of jobs, ordered by their first entries, the newest first.</summary>
/// <param name="Items">The jobs.</param>
/// <param name="NextCursor">Opaque: goes on after this page; <see langword="null"/> on the last one.</param>
/// <param name="Behind">How many records the database is behind the journals; 0 when the page is complete.</param>
public sealed record JobListPage(IReadOnlyList<JobSummary> Items, string? NextCursor, long Behind);
