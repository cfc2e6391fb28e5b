using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Database;

/// <summary>Writes queries for SQLite.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    /// <inheritdoc/>
    public override object Stored(object value) => value switch
    {
        DateTime time => SqliteValues.OfTime(time),
        Guid id => SqliteValues.OfId(id),
        _ => value,
    };

    /// <inheritdoc/>
    public override StoredValues? Values(DbDataReader row) =>
        row is SqliteDataReader reader ? SqliteStoredValues.Of(reader) : null;

    /// <inheritdoc/>
    public override DbParameter Parameter(string name, object? value) =>
        new SqliteParameter(name, value is null ? DBNull.Value : Stored(value));

    /// <inheritdoc/>
    public override DateTime ReadTime(DbDataReader row, int column) => SqliteValues.ToTime(row.GetString(column));

    /// <inheritdoc/>
    public override Guid ReadId(DbDataReader row, int column) => SqliteValues.ToId(row.GetString(column));

    /// <inheritdoc/>
    // SQLite keeps the order of tables in a cross join.
    public override string LoopJoin => "CROSS JOIN";

    /// <inheritdoc/>
    public override string DeleteSome(string table, string count) =>
        $"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} LIMIT {count})";

    /// <inheritdoc/>
    public override string DeleteOldest(string table, IReadOnlyList<string> key, string column, string before, string count) =>
        $"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE {column} < {before} ORDER BY {column} LIMIT {count})";

    /// <inheritdoc/>
    public override string Take(string select, string order, string count) => $"SELECT {select}\nORDER BY {order} LIMIT {count}";

    /// <inheritdoc/>
    public override string OneOf(string column, IReadOnlyList<string> values, Func<object, string> parameter) =>
        values.Count == 1 ? $"{column} = {parameter(values[0])}" : $"{column} IN ({string.Join(", ", values.Select(parameter))})";

    /// <inheritdoc/>
    public override string InJson(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    /// <inheritdoc/>
    public override string JsonRows<TRow>(string parameter, IEnumerable<RowColumn<TRow>> columns) =>
        JsonRows(parameter, columns.Select(column => column.Name));

    /// <inheritdoc/>
    public override string NumberRows(string parameter, IReadOnlyList<string> columns) => JsonRows(parameter, columns);

    /// <inheritdoc/>
    // Not a range: most prefix filters match much of the table, and SQLite would sort all matches to find the newest page.
    public override string StartsWith(string column, string parameter) => $"substr({column}, 1, length({parameter})) = {parameter}";

    /// <inheritdoc/>
    public override string WithoutIndex(string column) => $"+{column}";

    /// <inheritdoc/>
    public override string HourOf(string column) => $"(substr({column}, 1, 13) || ':00:00.0000000Z')";

    /// <inheritdoc/>
    // Greater than the text of every time in the hour. Texts sort as times do.
    public override string NextHour(string column) => $"(substr({column}, 1, 13) || ':99')";

    private static string JsonRows(string parameter, IEnumerable<string> columns) =>
        $"(SELECT {string.Join(", ", columns.Select(column => $"value ->> '{column}' AS {column}"))} FROM json_each({parameter}))";
}
