using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Writes the SQL for the rows after a cursor: from each journal the rows after its number, in the order of an index, and from all of these
/// the first by the table's own numbers.
/// </summary>
/// <param name="filter">The conditions of all rows.</param>
/// <param name="dialect">How the engine writes it.</param>
/// <param name="table">The table.</param>
/// <param name="alias">The table's alias in the conditions.</param>
/// <param name="columns">The columns to read, by that alias; the numbers are among them.</param>
/// <param name="number">The column of the table's own number.</param>
internal sealed class JournalParts(SqlFilter filter, SqlDialect dialect, string table, string alias, string columns, string number)
{
    /// <summary>The first rows after the cursor.</summary>
    /// <param name="after">The journals to read, each with the number to read after; at least one, at most 100.</param>
    /// <param name="descending">Reads the last rows instead, the last one first.</param>
    /// <param name="count">The SQL parameter of the most rows.</param>
    /// <param name="upTo">By the journals, the numbers to read up to; <see langword="null"/> to read to the end.</param>
    public string Take(
        IReadOnlyList<KeyValuePair<long, long>> after, bool descending, string count, IReadOnlyDictionary<long, long>? upTo = null)
    {
        var direction = descending ? " DESC" : "";
        var parts = after.Select(journal => Part(journal, upTo?[journal.Key], $"{alias}.seq{direction}", count)).ToList();
        if (parts.Count == 1) return parts[0];
        var all = string.Join("\nUNION ALL\n", parts.Select((part, i) => $"SELECT p{i}.* FROM (\n{part}) AS p{i}"));
        return dialect.Take($"{alias}.* FROM (\n{all}) AS {alias}", $"{alias}.{number}{direction}", count);
    }

    private string Part(KeyValuePair<long, long> after, long? upTo, string order, string count)
    {
        var where = filter.Where.Length == 0 ? "WHERE " : $"{filter.Where}\n  AND ";
        var isAfter = $"{alias}.journal_id = {filter.Value(after.Key)} AND {alias}.seq > {filter.Value(after.Value)}";
        var isUpTo = upTo is { } end ? $" AND {alias}.seq <= {filter.Value(end)}" : "";
        return dialect.Take($"{columns}\nFROM {table} AS {alias}\n{where}{isAfter}{isUpTo}", order, count);
    }
}
