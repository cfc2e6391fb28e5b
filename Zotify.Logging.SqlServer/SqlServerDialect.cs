using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>Writes queries for SQL Server: plain T-SQL with few parameters, because a command may have at most 2,100.</summary>
/// <param name="schema">The schema that the tables are in; by default <c>dbo</c>.</param>
internal class SqlServerDialect(SqlServerSchema? schema = null) : SqlDialect
{
    /// <summary>The collation that compares texts by their code units.</summary>
    public const string Binary = "Latin1_General_100_BIN2";

    // A filter has at most this many values.
    private const int MostValues = 100;

    // Texts up to this length are parameters of one type, so that the server plans a query only once; and so are bytes.
    private const int ShortText = 4_000;
    private const int ShortBytes = 8_000;

    private readonly SqlServerSchema _schema = schema ?? new SqlServerSchema(null);

    /// <inheritdoc/>
    public override object Stored(object value) => value is DateTime time ? SqlServerValues.OfTime(time) : value;

    /// <inheritdoc/>
    public override string Qualify(string statement) => _schema.Qualify(statement);

    /// <inheritdoc/>
    public override bool JoinsStatements => true;

    /// <inheritdoc/>
    // The server allows 2,100. The driver needs some of them.
    public override int MaxParameters => 2_000;

    /// <inheritdoc/>
    public override SqlQuery Join(IReadOnlyList<SqlQuery> statements) => SqlServerBatches.Join(statements);

    /// <inheritdoc/>
    public override SqlQuery JoinIfChanged(SqlQuery statement, SqlQuery query) => SqlServerBatches.JoinIfChanged(statement, query);

    /// <inheritdoc/>
    public override bool IsRowChanged(DbException exception) => 
        exception is SqlException sql && sql.Errors.Cast<SqlError>().Any(error => error.Number == SqlServerBatches.RowChanged);

    /// <inheritdoc/>
    public override DbParameter Parameter(string name, object? value) => value switch
    {
        byte[] bytes => new SqlParameter(name, SqlDbType.VarBinary, bytes.Length <= ShortBytes ? ShortBytes : -1) { Value = bytes },
        DateTime time => new SqlParameter(name, SqlDbType.DateTime2) { Value = time },
        string text => new SqlParameter(name, SqlDbType.NVarChar, text.Length <= ShortText ? ShortText : -1) { Value = text },
        _ => new SqlParameter(name, value ?? DBNull.Value),
    };

    /// <inheritdoc/>
    public override DateTime ReadTime(DbDataReader row, int column) => SqlServerValues.ToTime(row.GetDateTime(column));

    /// <inheritdoc/>
    public override Guid ReadId(DbDataReader row, int column) => row.GetGuid(column);

    /// <inheritdoc/>
    // A range for each number of columns that are equal: the server seeks to the key itself, however many rows share its first column.
    public override IReadOnlyList<string> RangesAfter(IReadOnlyList<(string Column, string Parameter)> key, bool descending) =>
    [
        .. key.Select((last, i) => string.Join(
            " AND ",
            key.Take(i).Select(same => $"{same.Column} = {same.Parameter}")
                .Append($"{last.Column} {(descending ? '<' : '>')} {last.Parameter}"))),
    ];

    /// <inheritdoc/>
    public override string Take(string select, string order, string count) => $"SELECT TOP ({count}) {select}\nORDER BY {order}";

    /// <inheritdoc/>
    // The hint also keeps the order. Without it, a plan for the newest rows may read all rows by their times, and look each up in the list.
    public override string LoopJoin => "INNER LOOP JOIN";

    /// <inheritdoc/>
    public override string Reserve(string column, string table, string where) =>
        $"SELECT {column} FROM {table} WITH (UPDLOCK, ROWLOCK)\n{where}";

    /// <inheritdoc/>
    public override string DeleteSome(string table, string count) => $"DELETE TOP ({count}) FROM {table}";

    /// <inheritdoc/>
    // In the order of the times, because a plan for any rows may read the table from its start, past all newer rows, for each chunk. The
    // second condition is for rows that somebody changes meanwhile.
    public override string DeleteOldest(string table, IReadOnlyList<string> key, string column, string before, string count) =>
        $"""
        DELETE {table}
        FROM (SELECT TOP ({count}) {string.Join(", ", key)} FROM {table} WHERE {column} < {before} ORDER BY {column}) AS oldest
        {LoopJoin} {table} ON {string.Join(" AND ", key.Select(name => $"{table}.{name} = oldest.{name}"))}
        WHERE {table}.{column} < {before}
        """;

    /// <inheritdoc/>
    // The server plans a text once, for the values of its first use. A plan for ten rows is not one for ten thousand.
    public override string Count(string parameter, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{parameter} /* up to {PowerOfTen(count)} */");

    /// <inheritdoc/>
    // Equal to each of a list: the server seeks an index once a value. The operator = ignores spaces at the end; the second condition does
    // not, and is checked only for rows that were found. Lists of similar lengths have the same text, and thus one plan.
    public override string OneOf(string column, IReadOnlyList<string> values, Func<object, string> parameter)
    {
        if (values.Count == 1) return $"({Same(column, parameter(values[0]))})";
        var most = Math.Min((int)BitOperations.RoundUpToPowerOf2((uint)values.Count), Math.Max(values.Count, MostValues));
        var given = Enumerable.Range(0, most).Select(i => parameter(values[Math.Min(i, values.Count - 1)])).ToList();
        var equal = string.Join(", ", given.Select(name => $"{name} COLLATE {Binary}"));
        var same = string.Join(", ", given.Select(name => $"CONCAT({name}, N'.') COLLATE {Binary}"));
        return $"({column} IN ({equal}) AND CONCAT({column}, N'.') IN ({same}))";
    }

    /// <inheritdoc/>
    public override string InJson(string column, string parameter) =>
        $"{column} IN (SELECT given.value COLLATE {Binary} FROM {Elements(parameter)} AS given)";

    /// <summary>A table of the texts in the JSON array in a parameter, in one column.</summary>
    public static string JsonTexts(string parameter, string column) =>
        $"(SELECT given.value COLLATE {Binary} AS {column} FROM {Elements(parameter)} AS given)";

    /// <inheritdoc/>
    // Texts get the columns' collation, because the server refuses to compare texts of two different collations.
    public override string JsonRows<TRow>(string parameter, IEnumerable<RowColumn<TRow>> columns)
    {
        var all = columns.ToList();
        var values = all.Select(column => column.Type == typeof(string) ? $"{column.Name} COLLATE {Binary} AS {column.Name}" : column.Name);
        var types = string.Join(", ", all.Select(column => $"{column.Name} {TypeOf(column)}"));
        return $"(SELECT {string.Join(", ", values)} FROM OPENJSON({parameter}) WITH ({types}) AS given)";
    }

    /// <inheritdoc/>
    public override string NumberRows(string parameter, IReadOnlyList<string> columns)
    {
        var types = string.Join(", ", columns.Select(column => $"{column} bigint"));
        return $"(SELECT {string.Join(", ", columns)} FROM OPENJSON({parameter}) WITH ({types}) AS given)";
    }

    /// <inheritdoc/>
    public override string StartsWith(string column, string parameter) => $"CHARINDEX({parameter}, {column}) = 1";

    /// <inheritdoc/>
    public override string HourOf(string column) =>
        $"DATEADD(hour, DATEDIFF(hour, '2000-01-01', {column}), CAST('2000-01-01' AS datetime2(7)))";

    /// <inheritdoc/>
    public override string NextHour(string column) => $"DATEADD(hour, 1, {column})";

    private static string TypeOf<TRow>(RowColumn<TRow> column) => column.Type switch
    {
        var type when type == typeof(string) => column.IsLong ? "nvarchar(max)" : "nvarchar(4000)",
        var type when type == typeof(DateTime) => "datetime2(7)",
        var type when type == typeof(long) => "bigint",
        var type => throw new NotSupportedException($"A column of {type} is in no such table."),
    };

    private static int PowerOfTen(int count)
    {
        var power = 1;
        while (power < count && power <= int.MaxValue / 10) power *= 10;
        return power;
    }

    private static string Elements(string parameter) => $"OPENJSON({parameter}) WITH (value nvarchar(4000) '$')";

    // The operator = ignores spaces at the end, so the lengths are compared as well.
    private static string Same(string one, string other) => $"{one} = {other} COLLATE {Binary} AND DATALENGTH({one}) = DATALENGTH({other})";
}
