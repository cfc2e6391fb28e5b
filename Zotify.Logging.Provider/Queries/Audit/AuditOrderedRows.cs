using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// The rows in the order of the search, by the index of a filter that has this order, or by that of the times. The engine compares nothing
/// else: it could read all of the log for one row that matches. All other filters by columns are compared here.
/// </summary>
/// <param name="query">The search, with patterns of types expanded.</param>
/// <param name="dialect">How the engine writes it.</param>
internal sealed class AuditOrderedRows(AuditQuery query, SqlDialect dialect) : IAuditRowSource
{
    // Many, because most of them may not match.
    private const int ComparedAtOnce = 2_048;

    private readonly AuditColumnConditions _conditions = new(query, AuditFilters.OrderedOf(query));
    private readonly AuditQuery _query = AuditFilters.OnlyOrdered(query);

    /// <inheritdoc/>
    public Task<AuditRowRange> NextAsync(AuditPageCursor? after, int count, CancellationToken cancellationToken)
    {
        if (!_conditions.IsEmpty) count = Math.Max(count, ComparedAtOnce);
        return Task.FromResult(new AuditRowRange(AuditSearch.Build(_query, dialect, after, count), count, End: null)
        {
            Compare = _conditions.IsEmpty ? null : _conditions.Match,
        });
    }
}
