namespace Zotify.Logging.Database;

/// <summary>Reads the journals' own ids. Every page of entries needs them.</summary>
internal static class JournalIds
{
    // Below the limit of the engines.
    private const int MaxParameters = 1_000;

    /// <summary>The ids by their numbers in <c>journals</c>.</summary>
    public static async Task<Dictionary<long, Guid>> ReadAsync(
        LoggingConnection connection, IEnumerable<long> numbers, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<long, Guid>();
        var known = new HashSet<long>();
        // Objects, as parameters take them.
        var left = new Queue<object>();
        foreach (var number in numbers)
        {
            if (known.Add(number)) left.Enqueue(number);
        }

        while (left.Count > 0)
        {
            var filter = new SqlFilter(connection.Dialect);
            var names = new List<string>();
            while (names.Count < MaxParameters && left.TryDequeue(out var number)) names.Add(filter.Value(number));
            filter.Require($"j.id IN ({string.Join(", ", names)})");
            await connection.ScanAsync(
                SqlQuery.Raw($"SELECT j.id, j.journal FROM journals AS j {filter.Where}", filter.Parameters),
                row =>
                {
                    ids.Add(row.GetInt64(0), connection.Dialect.ReadId(row, 1));
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return ids;
    }
}
