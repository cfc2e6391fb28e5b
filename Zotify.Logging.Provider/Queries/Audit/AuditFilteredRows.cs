using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// All rows that the filters by columns leave, read by the index of the filter that leaves the fewest: few rows, because the engine
/// compares all of these with the other filters.
/// </summary>
/// <param name="query">The search, with patterns of types expanded.</param>
/// <param name="dialect">How the engine writes it.</param>
internal sealed class AuditFilteredRows(AuditQuery query, SqlDialect dialect) : IAuditRowSource
{
    /// <inheritdoc/>
    public Task<AuditRowRange> NextAsync(AuditPageCursor? after, int count, CancellationToken cancellationToken) =>
        Task.FromResult(new AuditRowRange(AuditSearch.Build(query, dialect, after, count), count, End: null));
}
