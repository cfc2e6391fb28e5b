namespace Zotify.Logging.Queries;

/// <summary>
/// Decides which rows a search reads to compare them. It may leave out rows, but only those that cannot match; every row that it gives is
/// compared with all filters again. For one search, used by one thread at a time.
/// </summary>
internal interface IAuditRowSource
{
    /// <summary>Returns the next rows to read, in the order of the search.</summary>
    /// <param name="after">The cursor that the search has come to; <see langword="null"/> at its beginning.</param>
    /// <param name="count">The most rows that the search wants to read at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<AuditRowRange> NextAsync(AuditPageCursor? after, int count, CancellationToken cancellationToken);
}
