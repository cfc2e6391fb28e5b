using System.Runtime.CompilerServices;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Searches the audit events of the database. Thread-safe.</summary>
public sealed class AuditLog
{
    private const int MaxLimit = 1_000;

    // Of an export, which nobody sees the pages of. Few are a page that is gone before the garbage collector looks; fewer, and asking costs more than reading.
    private const int ExportPage = 200;

    private readonly LoggingDatabase _database;
    private readonly IFreshness _freshness;

    /// <param name="database">The database.</param>
    /// <param name="freshness">Waits for what was logged before the query.</param>
    internal AuditLog(LoggingDatabase database, IFreshness freshness)
    {
        _database = database;
        _freshness = freshness;
    }

    /// <summary>Reads a page of the events that match.</summary>
    /// <exception cref="InvalidPositionException">The cursor was not made by a query with the same order.</exception>
    /// <exception cref="ArgumentException">The limit is out of range, a filter has over 100 values or words, or a word over 1,000 characters.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, "limit");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit, "limit");
        Check(query);
        var behind = await _freshness.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await ReadPageAsync(query, behind, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds all events that match, in order, from the query's cursor on. They are read a page at a time and never held together, nor is the
    /// database held still for them: what is logged meanwhile is among them where it belongs after the page that was read.
    /// </summary>
    /// <param name="query">What is read; its limit is not looked at.</param>
    /// <param name="most">The most events; all, where it is not given.</param>
    /// <param name="cancellationToken">Ends the wait for what was logged before.</param>
    /// <returns>The events, to be read once, and how many records the database is behind the journals. The first page is read.</returns>
    /// <exception cref="InvalidPositionException">The cursor was not made by a query with the same order, or goes back.</exception>
    /// <exception cref="ArgumentException">A filter has over 100 values or words, or a word over 1,000 characters.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now; also while the events are read.</exception>
    public async Task<AuditExport> ExportAsync(AuditQuery query, int? most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Check(query);
        if (AuditPager.Cursor(query)?.Back is true) throw new InvalidPositionException("cursor");
        var behind = await _freshness.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var first = await ReadPageAsync(query with { Limit = Math.Min(most ?? ExportPage, ExportPage) }, behind, cancellationToken).ConfigureAwait(false);
        return new AuditExport(ReadAllAsync(query, first, most ?? long.MaxValue, cancellationToken), behind);
    }

    /// <summary>Finds an event by its id; <see langword="null"/> where there is none. Of several, the newest.</summary>
    /// <exception cref="LogBehindException">There is no such event yet, and the database is behind the journals.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditEvent?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var behind = await _freshness.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var found = await _database.ReadAsync(
            async (connection, cancellation) =>
            {
                var filter = new SqlFilter(connection.Dialect);
                var newest = connection.Dialect.Take($"{AuditRowReader.Columns}\nFROM audit_events AS e\nWHERE e.id = {filter.Value(id)}", "e.row_id DESC", "1");
                var rows = await AuditRowReader.ReadAsync(connection, SqlQuery.Raw(newest, filter.Parameters), cancellation).ConfigureAwait(false);
                return (await AuditEvents.OfAsync(connection, rows, cancellation).ConfigureAwait(false)).SingleOrDefault();
            },
            cancellationToken).ConfigureAwait(false);
        // Of an event that is not there, nobody can say that there is none while the database is behind.
        return found is null && behind > 0 ? throw new LogBehindException(behind) : found;
    }

    private async IAsyncEnumerable<AuditEvent> ReadAllAsync(
        AuditQuery query, AuditPage page, long most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var item in page.Items) yield return item;
            most -= page.Items.Count;
            if (page.NextCursor is null || most <= 0) yield break;
            page = await ReadPageAsync(
                query with { Cursor = page.NextCursor, Limit = (int)Math.Min(most, ExportPage) }, page.Behind, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<AuditPage> ReadPageAsync(AuditQuery query, long behind, CancellationToken cancellationToken) => _database.ReadAsync(
        async (connection, cancellation) =>
        {
            var (rows, next, previous) = await AuditPager.ReadAsync(connection, _database, query, cancellation).ConfigureAwait(false);
            return new AuditPage(await AuditEvents.OfAsync(connection, rows, cancellation).ConfigureAwait(false), next, previous, behind);
        },
        cancellationToken);

    /// <summary>Refuses what cannot be asked before it waits for anything.</summary>
    private void Check(AuditQuery query) => AuditSearch.Build(query, _database.Dialect, AuditPager.Cursor(query)?.Place, query.Limit);
}
