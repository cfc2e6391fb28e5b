using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads the first rows by time, among which a frequent term is found at once, and all others by the index of the texts.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="query">The search, with patterns of types expanded.</param>
/// <param name="conditions">What the index of the texts knows of the search.</param>
/// <param name="first">
/// The first rows; <see langword="null"/> where the engine would have to read many rows to find the first ones.
/// </param>
/// <param name="limits">The most that one query of the engine may read.</param>
internal sealed class AuditIndexedAfterFirst(
    LoggingConnection connection, AuditQuery query, TextConditions conditions, IAuditRowSource? first, ScanLimits limits)
    : IAuditRowSource
{
    private IAuditRowSource? _others;
    private bool _isFirstRead;

    /// <inheritdoc/>
    public async Task<AuditRowRange> NextAsync(AuditPageCursor? after, int count, CancellationToken cancellationToken)
    {
        if (first is not null && !_isFirstRead)
        {
            _isFirstRead = true;
            return await first.NextAsync(after, count, cancellationToken).ConfigureAwait(false);
        }

        _others ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _others.NextAsync(after, count, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IAuditRowSource> OpenAsync(CancellationToken cancellationToken) =>
        await new TextRunsReader(connection).ReadAsync(limits.Unindexed, Require, cancellationToken).ConfigureAwait(false) is { } runs
            ? new AuditIndexedRows(connection, query, conditions, runs, limits)
            : new AuditOrderedRows(query, connection.Dialect);

    private void Require(SqlFilter filter) => AuditFilters.Require(filter, connection.Dialect, query, mayLead: false);
}
