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
        foreach (var some in numbers.Distinct().Chunk(MaxParameters))
        {
            var filter = new SqlFilter(connection.Dialect);
            filter.Require($"j.id IN ({string.Join(", ", some.Select(number => filter.Value(number)))})");
            var journals = SqlQuery.Raw($"SELECT j.id, j.journal FROM journals AS j {filter.Where}", filter.Parameters);
            foreach (var (number, id) in await connection.ReadAsync(
                journals, row => (row.GetInt64(0), connection.Dialect.ReadId(row, 1)), cancellationToken).ConfigureAwait(false))
                ids.Add(number, id);
        }

        return ids;
    }
}
