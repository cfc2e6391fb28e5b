using System.Globalization;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>All rows by the index of a column where that leaves few rows; otherwise by the index of the texts.</summary>
/// <param name="connection">The connection.</param>
/// <param name="query">The search, with patterns of types expanded.</param>
/// <param name="leading">The filter that has the column.</param>
/// <param name="byColumn">The rows by the column.</param>
/// <param name="indexed">The rows by the index of the texts.</param>
internal sealed class AuditFewOrIndexed(
    LoggingConnection connection, AuditQuery query, AuditFilter leading, IAuditRowSource byColumn, IAuditRowSource indexed)
    : IAuditRowSource
{
    // Comparing so few rows costs less than reading the index of the texts.
    private const int Few = 1_000;

    private IAuditRowSource? _chosen;

    /// <inheritdoc/>
    public async Task<AuditRowRange> NextAsync(AuditPageCursor? after, int count, CancellationToken cancellationToken)
    {
        _chosen ??= await HasFewAsync(cancellationToken).ConfigureAwait(false) ? byColumn : indexed;
        return await _chosen.NextAsync(after, count, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> HasFewAsync(CancellationToken cancellationToken)
    {
        var sql = AuditSearch.CountLeading(leading, query, connection.Dialect, Few);
        var counts = await connection.ReadAsync(
            sql, row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        return counts[0] < Few;
    }
}
