using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Puts in SQL what comes after positions in journals: of each journal the rows after its number, in the order of the numbers, which an
/// index has, and of those the first by the table's own numbers.
/// </summary>
/// <param name="filter">The conditions of all rows.</param>
/// <param name="dialect">How the engine puts it.</param>
/// <param name="table">The table.</param>
/// <param name="alias">What the conditions call it.</param>
/// <param name="columns">The columns to read, by that name; those of the numbers are among them.</param>
/// <param name="number">The column of the table's own numbers.</param>
internal sealed class JournalParts(SqlFilter filter, SqlDialect dialect, string table, string alias, string columns, string number)
{
    /// <summary>The rows, as many as the parameter says.</summary>
    /// <param name="after">The journals to read, each with the number after which; at least one, and far fewer than a query takes parts.</param>
    /// <param name="descending">The last rows, the last of them first.</param>
    /// <param name="count">The parameter.</param>
    public string Take(IReadOnlyList<KeyValuePair<long, long>> after, bool descending, string count)
    {
        var direction = descending ? " DESC" : "";
        var parts = after.Select(journal => Part(journal, $"{alias}.seq{direction}", count)).ToList();
        if (parts.Count == 1) return parts[0];
        var all = string.Join("\nUNION ALL\n", parts.Select((part, i) => $"SELECT p{i}.* FROM (\n{part}) AS p{i}"));
        return dialect.Take($"{alias}.* FROM (\n{all}) AS {alias}", $"{alias}.{number}{direction}", count);
    }

    private string Part(KeyValuePair<long, long> after, string order, string count)
    {
        var where = filter.Where.Length == 0 ? "WHERE " : $"{filter.Where}\n  AND ";
        return dialect.Take(
            $"{columns}\nFROM {table} AS {alias}\n{where}{alias}.journal_id = {filter.Value(after.Key)} AND {alias}.seq > {filter.Value(after.Value)}", order, count);
    }
}
