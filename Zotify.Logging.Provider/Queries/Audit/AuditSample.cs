using System.Globalization;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads one column of the events that match, the newest first, to count them. Where an engine compares all filters, it reads that column
/// alone; otherwise each row is read and compared here. Either way it stops when its budget is spent.
/// </summary>
internal sealed class AuditSample
{
    private readonly LoggingConnection _connection;
    private readonly AuditQuery _query;
    private readonly int _most;
    private readonly bool _isCompared;

    private AuditSample(LoggingConnection connection, AuditQuery query, int most)
    {
        (_connection, _query, _most) = (connection, query with { Descending = true, Cursor = null }, most);
        _isCompared = !new AuditMatcher(query).IsEmpty || !AuditFilters.HasOrder(query);
    }

    /// <summary>How many events were read and match.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// The time of the oldest event that was read, where there may be older ones; <see langword="null"/> where all were read.
    /// </summary>
    public DateTime? StoppedAt { get; private set; }

    /// <summary>Opens a sample.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="query">Which events; order, limit and cursor are ignored.</param>
    /// <param name="most">The most events that are read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<AuditSample> OpenAsync(
        LoggingConnection connection, AuditQuery query, int most, CancellationToken cancellationToken)
    {
        var expanded = await AuditTypes.ExpandAsync(connection, query, cancellationToken).ConfigureAwait(false);
        // No event can match where no type does.
        return new AuditSample(connection, expanded ?? query, expanded is { EventTypes: [] } ? 0 : most);
    }

    /// <summary>Counts the events by the values of fields. An event without a value counts for none.</summary>
    public async Task<IReadOnlyList<Dictionary<string, long>>> CountAsync(
        IReadOnlyList<AuditFacetField> fields, CancellationToken cancellationToken)
    {
        var columns = fields.Select(ColumnOf).ToArray();
        if (_most == 0) return [.. columns.Select(_ => new Dictionary<string, long>())];
        if (_isCompared)
        {
            var counts = columns.Select(_ => new Dictionary<string, long>(StringComparer.Ordinal)).ToArray();
            await ScanAsync(row => Add(columns, counts, row), cancellationToken).ConfigureAwait(false);
            return counts;
        }

        var found = new List<Dictionary<string, long>>();
        foreach (var column in columns)
            found.Add(await CountAsync(column.Name, cancellationToken).ConfigureAwait(false));
        return found;
    }

    /// <summary>The times of the events, the newest first.</summary>
    public async Task<List<DateTime>> TimesAsync(CancellationToken cancellationToken)
    {
        var times = new List<DateTime>();
        if (_most == 0) return times;
        if (_isCompared)
        {
            await ScanAsync(row => times.Add(row.Timestamp), cancellationToken).ConfigureAwait(false);
            return times;
        }

        var rows = Rows();
        times = await _connection.ReadAsync(
            SqlQuery.Raw($"SELECT f.timestamp FROM (\n{rows.Text}) AS f", rows.Parameters),
            row => _connection.Dialect.ReadTime(row, 0), cancellationToken).ConfigureAwait(false);
        Count = times.Count;
        if (Count >= _most) StoppedAt = times.Min();
        return times;
    }

    private static (string Name, Func<AuditEventRow, string?> Value) ColumnOf(AuditFacetField field) => field switch
    {
        AuditFacetField.UserId => ("user_id", row => row.UserId),
        AuditFacetField.EventType => ("event_type", row => row.EventType),
        AuditFacetField.SourceIp => ("source_ip", row => row.SourceIp),
        _ => ("instance", row => row.Instance),
    };

    private static void Add(
        (string Name, Func<AuditEventRow, string?> Value)[] columns, Dictionary<string, long>[] counts, AuditEventRow row)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Value(row) is { } value) counts[i][value] = counts[i].GetValueOrDefault(value) + 1;
        }
    }

    private async Task<Dictionary<string, long>> CountAsync(string column, CancellationToken cancellationToken)
    {
        var rows = Rows();
        var text = $"SELECT f.{column}, COUNT(*), MIN(f.timestamp) FROM (\n{rows.Text}) AS f GROUP BY f.{column}";
        var groups = await _connection.ReadAsync(
            SqlQuery.Raw(text, rows.Parameters),
            row => (
                Value: row.IsDBNull(0) ? null : row.GetString(0),
                Count: Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture),
                First: _connection.Dialect.ReadTime(row, 2)),
            cancellationToken).ConfigureAwait(false);
        Count = groups.Sum(group => group.Count);
        if (Count >= _most) StoppedAt = groups.Min(group => group.First);
        return groups.Where(group => group.Value is not null)
            .ToDictionary(group => group.Value!, group => group.Count, StringComparer.Ordinal);
    }

    private SqlQuery Rows() => AuditSearch.Build(_query, _connection.Dialect, after: null, _most);

    private async Task ScanAsync(Action<AuditEventRow> add, CancellationToken cancellationToken)
    {
        var budget = new ScanBudget(_most);
        if (await AuditReader.OpenAsync(_connection, _query, after: null, budget, cancellationToken).ConfigureAwait(false) is not { } scan)
            return;
        await scan.RunAsync(
            row =>
            {
                add(row);
                Count++;
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (!scan.IsAtEnd) StoppedAt = scan.Cursor?.Timestamp;
    }
}
