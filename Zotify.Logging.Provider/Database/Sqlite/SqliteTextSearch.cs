using System.Data.Common;
using System.Globalization;

namespace Zotify.Logging.Database;

/// <summary>Searches the index of the texts: see <see cref="SqliteTextIndex"/>. Thread-safe.</summary>
internal sealed class SqliteTextSearch : TextIndex
{
    private const string MaxLag = "(SELECT coalesce(max(lag), 0) FROM audit_text_order WHERE lag > 0)";
    private const int SampledEvents = 1_000;
    private const int SampledLength = 500;

    private static readonly SqliteTextSample Unknown = new([], lastRow: 0);
    private static readonly SqliteDialect Dialect = new();

    // A sample of the newest events. One object, so that a concurrent search has the old sample or the new one, never a mixture.
    private volatile SqliteTextSample? _sample;

    /// <inheritdoc/>
    public override bool CanSearch(IReadOnlyList<string> terms) => SqliteTextMatch.Of(terms, Unknown) is not null;

    /// <inheritdoc/>
    public override async Task<List<AuditEventRow>> FindAsync(
        LoggingConnection connection, SqlTextSearch search, CancellationToken cancellationToken)
    {
        var match = SqliteTextMatch.Of(search.Terms, await SampleAsync(connection, cancellationToken).ConfigureAwait(false))!;
        var found = await connection.ReadAsync(First(search, match), Found, cancellationToken).ConfigureAwait(false);
        if (found.Count == search.Count && Near(search, match, found) is { } near)
            found.AddRange(await connection.ReadAsync(near, Found, cancellationToken).ConfigureAwait(false));
        var rows = found.Select(found => found.Row);
        return search.Descending
            ? [.. rows.OrderByDescending(row => (row.Timestamp, row.JournalId, row.Seq)).Take(search.Count)]
            : [.. rows.OrderBy(row => (row.Timestamp, row.JournalId, row.Seq)).Take(search.Count)];
    }

    /// <summary>The first matches in the order of places, which is almost the order of times.</summary>
    public static SqlQuery First(SqlTextSearch search, string match)
    {
        var filter = search.Conditions();
        var range = "";
        if (search.From is { } from) range += $"\n  AND t.rowid >= {filter.Value(SqliteTextIndex.PlaceOf(from))}";
        if (search.To is { } to) range += $"\n  AND t.rowid <= {filter.Value(SqliteTextIndex.PlaceOf(to))} + {MaxLag}";
        var matches = Matches(filter, match, range);
        return SqlQuery.Raw(
            $"{matches}\nORDER BY t.rowid {(search.Descending ? "DESC" : "ASC")} LIMIT {filter.Value(search.Count)}", filter.Parameters);
    }

    /// <summary>
    /// Further matches that may sort before the last of those found, because their own places were in use; <see langword="null"/> where
    /// there can be none. They are at most as far away as the largest lag.
    /// </summary>
    public static SqlQuery? Near(SqlTextSearch search, string match, IReadOnlyList<SqliteTextFound> found)
    {
        var last = found[^1].Place;
        var filter = search.Conditions();
        // No event's place is before the first place of its time. So all events that are not older than the oldest match are at or after
        // its time's place.
        if (search.Descending)
        {
            var oldest = found.Min(row => row.Place - row.Lag);
            if (oldest == last) return null;
            var earlier = Matches(filter, match, $"\n  AND t.rowid >= {filter.Value(oldest)} AND t.rowid < {filter.Value(last)}");
            return SqlQuery.Raw(earlier, filter.Parameters);
        }

        var newest = found.Max(row => row.Place - row.Lag) + found[0].MaxLag;
        if (newest <= last) return null;
        var later = Matches(filter, match, $"\n  AND t.rowid > {filter.Value(last)} AND t.rowid <= {filter.Value(newest)}");
        return SqlQuery.Raw(later, filter.Parameters);
    }

    private static SqliteTextFound Found(DbDataReader row) =>
        new(
            AuditRowReader.Of(row, Dialect),
            row.GetInt64(AuditRowReader.Count),
            row.GetInt64(AuditRowReader.Count + 1),
            row.GetInt64(AuditRowReader.Count + 2));

    private static string Matches(SqlFilter filter, string match, string range) =>
        $"""
        SELECT {AuditRowReader.Columns}, o.place, o.lag, {MaxLag}
        FROM audit_text AS t
        CROSS JOIN audit_text_order AS o ON o.place = t.rowid
        CROSS JOIN audit_events AS e ON e.row_id = o.row_id
        WHERE t.audit_text MATCH {filter.Value(match)}{range}
          AND {filter.Conditions}
        """;

    /// <summary>A sample of the newest events' texts. Read again whenever the table has grown by a tenth.</summary>
    private async Task<SqliteTextSample> SampleAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        var lastRow = (await connection.ReadAsync(
            $"SELECT coalesce(max(row_id), 0) FROM audit_events", row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
        if (_sample is { } known && known.LastRow <= lastRow && lastRow <= known.LastRow + (known.LastRow / 10)) return known;
        var newest = string.Create(CultureInfo.InvariantCulture, $"""
            SELECT coalesce(substr(message, 1, {SampledLength}), ''), coalesce(substr(details, 1, {SampledLength}), '')
            FROM audit_events ORDER BY timestamp DESC, journal_id DESC, seq DESC LIMIT {SampledEvents}
            """);
        var texts = await connection.ReadAsync(
            SqlQuery.Raw(newest), row => new[] { row.GetString(0), row.GetString(1) }, cancellationToken).ConfigureAwait(false);
        return _sample = new SqliteTextSample(texts, lastRow);
    }
}
