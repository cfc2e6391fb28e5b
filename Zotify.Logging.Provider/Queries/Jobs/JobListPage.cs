namespace Zotify.Logging.Queries;

/// <summary>A page of jobs, in the query's order.</summary>
/// <param name="Items">The jobs.</param>
/// <param name="NextCursor">Opaque: goes on after this page; <see langword="null"/> on the last one.</param>
/// <param name="Behind">How many records the database is behind the journals; 0 when the page is complete.</param>
public sealed record JobListPage(IReadOnlyList<JobSummary> Items, string? NextCursor, long Behind)
{
    /// <summary>
    /// Whether the list stopped before the page was full because going on would have taken long. The cursor goes on there.
    /// </summary>
    public bool IsIncomplete { get; init; }

    /// <summary>
    /// The job types that should have run and did not, by <c>Handlers:Jobs:ExpectedEvery</c>, whatever the query asks for.
    /// </summary>
    public IReadOnlyList<OverdueJobType> Overdue { get; init; } = [];

    /// <summary>
    /// How many jobs of each status match the query, whatever statuses it asks for. A stalled job is not counted as running.
    /// </summary>
    public IReadOnlyDictionary<string, long> Totals { get; init; } = new Dictionary<string, long>();

    /// <summary>Whether all jobs were counted. Where there are very many, only those that began last are.</summary>
    public bool HasAllTotals { get; init; } = true;
}
