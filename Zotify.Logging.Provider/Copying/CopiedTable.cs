using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Copying;

/// <summary>A table as it is copied: every column, in one order of its rows. Immutable.</summary>
internal sealed class CopiedTable
{
    private readonly (string Name, Type Type)[] _columns;
    private readonly string _order;

    private CopiedTable(string name, string? number, string order, params (string Name, Type Type)[] columns)
    {
        Name = name;
        Number = number;
        _order = order;
        _columns = number is null ? columns : [(number, typeof(long)), .. columns];
        Rows = new SqlTable<object?[]>(
            name, [.. _columns.Select((column, i) => new SqlColumn<object?[]>(column.Name, column.Type, row => row[i]))])
        {
            HasNumbers = number is not null,
        };
    }

    /// <summary>
    /// The tables, each after those that it refers to. The index of the texts is not copied: it is built again from the rows.
    /// </summary>
    public static IReadOnlyList<CopiedTable> All { get; } =
    [
        new(
            "journals", "id", "id", ("journal", typeof(Guid)), ("instance", typeof(string)), ("name", typeof(string)), ("seq", typeof(long)),
            ("hash", typeof(string)), ("segment", typeof(long)), ("offset", typeof(long))),
        Of("audit_events", "row_id", "row_id", AuditEventRow.Columns),
        new(
            "audit_counts", null, "hour, event_type", ("hour", typeof(DateTime)), ("event_type", typeof(string)), ("count", typeof(long))),
        Of("job_logs", "id", "id", JobLogRow.Columns),
        Of("jobs", null, "job_id", JobRow.Columns),
    ];

    /// <summary>The table that has the checkpoints.</summary>
    public static CopiedTable Journals => All[0];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>
    /// The column with the numbers that the engine assigns, the first one; <see langword="null"/> where there is none. Cursors of readers hold
    /// these numbers, so they are copied, too.
    /// </summary>
    public string? Number { get; }

    /// <summary>The table as its rows are inserted.</summary>
    public SqlTable<object?[]> Rows { get; }

    /// <summary>Selects the rows in their order.</summary>
    /// <param name="dialect">How the engine writes queries.</param>
    /// <param name="after">Only rows after this number; <see langword="null"/> means all.</param>
    public SqlQuery Select(SqlDialect dialect, long? after)
    {
        var all = $"SELECT {Rows.Names} FROM {Name}";
        return after is { } number
            ? SqlQuery.Raw($"{all} WHERE {Number} > @after ORDER BY {_order}", dialect.Parameter("@after", number))
            : SqlQuery.Raw($"{all} ORDER BY {_order}");
    }

    /// <summary>The values of the reader's current row, in the order of the columns.</summary>
    /// <exception cref="FormatException">A value is not of its column's type; nor is it where another exception is thrown.</exception>
    public object?[] Read(DbDataReader row, SqlDialect dialect)
    {
        var values = new object?[_columns.Length];
        for (var i = 0; i < values.Length; i++) values[i] = row.IsDBNull(i) ? null : Read(row, i, _columns[i].Type, dialect);
        return values;
    }

    private static CopiedTable Of<TRow>(string name, string? number, string order, IEnumerable<RowColumn<TRow>> columns) =>
        new(name, number, order, [.. columns.Select(column => (column.Name, column.Type))]);

    private static object Read(DbDataReader row, int column, Type type, SqlDialect dialect)
    {
        if (type == typeof(string)) return row.GetString(column);
        if (type == typeof(DateTime)) return dialect.ReadTime(row, column);
        if (type == typeof(Guid)) return dialect.ReadId(row, column);
        return type == typeof(int) ? row.GetInt32(column) : row.GetInt64(column);
    }
}
