using System.Runtime.CompilerServices;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>Searches the audit events of the database. Thread-safe.</summary>
public sealed class AuditLog
{
    private const int MaxLimit = 1_000;

    // The page size of an export, which nobody sees. Small, so that the garbage collector frees a page early. With smaller pages, the
    // queries would cost more than reading.
    private const int ExportPage = 200;

    private readonly LoggingDatabase _database;
    private readonly IReadYourWrites _readYourWrites;

    /// <param name="database">The database.</param>
    /// <param name="readYourWrites">Waits for what was logged before the query.</param>
    internal AuditLog(LoggingDatabase database, IReadYourWrites readYourWrites)
    {
        _database = database;
        _readYourWrites = readYourWrites;
    }

    /// <summary>How many events a search compares before it answers what it has.</summary>
    internal int MostCompared { get; init; } = ScanBudget.UsualRows;

    /// <summary>
    /// Reads a page of the events that match. A search that would have to compare very many events stops before, and its page says so:
    /// <see cref="AuditPage.StoppedAt"/>.
    /// </summary>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query with the same order.</exception>
    /// <exception cref="ArgumentException">
    /// The limit is out of range, a filter has over 100 values, or the terms are malformed: over 100, one of over 1,000 characters, or a
    /// phrase that is empty or has no end.
    /// </exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditPage> SearchAsync(AuditQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query.Limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit, nameof(query.Limit));
        AuditWarmUp.BeginReading(_database, query);
        Check(query);
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        return await ReadPageAsync(query, behind, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds all events that match, in order, from the query's cursor on. They are read a page at a time, so neither memory nor a
    /// transaction holds all of them: what is logged meanwhile is included if it belongs after the page that was read.
    /// </summary>
    /// <param name="query">Which events are read; its limit is ignored.</param>
    /// <param name="most">The most events; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends the wait for what was logged before.</param>
    /// <returns>The events, to be read once, and how many records the database is behind the journals. The first page is read.</returns>
    /// <exception cref="InvalidCursorException">The cursor was not made by a query with the same order, or goes back.</exception>
    /// <exception cref="ArgumentException">A filter has over 100 values, or the terms are malformed.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now; also while the events are read.</exception>
    internal async Task<AuditExport> ExportAsync(AuditQuery query, int? most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Check(query);
        if (AuditPager.Cursor(query)?.Back is true) throw new InvalidCursorException(nameof(query.Cursor));
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var page = query with { Limit = Math.Min(most ?? ExportPage, ExportPage) };
        var first = await ReadPageAsync(page, behind, cancellationToken).ConfigureAwait(false);
        return new AuditExport(ReadAllAsync(query, first, most ?? long.MaxValue, cancellationToken), behind);
    }

    /// <summary>Finds an event by its id; <see langword="null"/> if there is none. If several have the id, the newest.</summary>
    /// <exception cref="LogBehindException">There is no such event yet, and the database is behind the journals.</exception>
    /// <exception cref="DatabaseUnavailableException">The database cannot be read now.</exception>
    public async Task<AuditEvent?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var behind = await _readYourWrites.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        var found = await _database.ReadAsync(
            async (connection, cancellation) =>
            {
                var row = await AuditEventFinder.FindAsync(connection, id, cancellation).ConfigureAwait(false);
                List<AuditEventRow> rows = row is null ? [] : [row];
                return (await AuditEvents.OfAsync(connection, rows, cancellation).ConfigureAwait(false)).SingleOrDefault();
            },
            cancellationToken).ConfigureAwait(false);
        // The database is behind, so the event may still arrive: that it is missing proves nothing.
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
            var next = query with { Cursor = page.NextCursor, Limit = (int)Math.Min(most, ExportPage) };
            page = await ReadPageAsync(next, page.Behind, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<AuditPage> ReadPageAsync(AuditQuery query, long behind, CancellationToken cancellationToken) => _database.ReadAsync(
        async (connection, cancellation) =>
        {
            var page = await AuditPager.ReadAsync(connection, query, new ScanBudget(MostCompared), cancellation).ConfigureAwait(false);
            var items = await AuditEvents.OfAsync(connection, page.Rows, cancellation).ConfigureAwait(false);
            return new AuditPage(items, page.Next, page.Previous, behind) { StoppedAt = page.StoppedAt };
        },
        cancellationToken);

    /// <summary>Validates a query before anything waits for it.</summary>
    private static void Check(AuditQuery query)
    {
        AuditQueryLimits.Check(query);
        AuditPager.Cursor(query);
    }
}
