namespace Zotify.Logging.Database;

/// <summary>The journals' own ids, by their numbers in <c>journals</c>. Every page of entries needs them.</summary>
internal sealed class JournalIds
{
    // Below the limit of the engines.
    private const int MaxParameters = 1_000;

    // Boxed: the runtime has compiled code for a dictionary of objects, and would compile that of UUIDs for the first page of a process.
    private readonly Dictionary<long, object> _ids = [];

    private JournalIds()
    {
    }

    /// <summary>The id of a journal.</summary>
    public Guid this[long number] => (Guid)_ids[number];

    /// <summary>Reads the ids of some journals.</summary>
    public static async Task<JournalIds> ReadAsync(
        LoggingConnection connection, IEnumerable<long> numbers, CancellationToken cancellationToken)
    {
        var ids = new JournalIds();
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
                    ids._ids.Add(row.GetInt64(0), connection.Dialect.ReadId(row, 1));
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return ids;
    }
}
