using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Copying;

/// <summary>A table as it is copied: every column, in one order of its rows. Immutable.</summary>
internal sealed class CopiedTable
{
    private readonly string _order;

    private CopiedTable(string name, string? number, string order, params (string Name, Type Type)[] columns)
    {
        Name = name;
        Number = number;
        _order = order;
        if (number is not null) columns = [(number, typeof(long)), .. columns];
        Rows = new SqlTable<object?[]>(name, [.. columns.Select((column, i) => Column(column.Name, column.Type, i))])
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
            "journals", "id", "id", ("journal", typeof(Guid)), ("instance", typeof(string)), ("name", typeof(string)),
            ("seq", typeof(long)), ("hash", typeof(string)), ("segment", typeof(long)), ("offset", typeof(long))),
        Of("audit_events", "row_id", "row_id", AuditEventRow.Columns),
        new(
            "audit_counts", null, "hour, event_type", ("hour", typeof(DateTime)), ("event_type", typeof(string)), ("count", typeof(long))),
        Of("job_logs", "id", "id", JobLogRow.Columns),
        Of("jobs", null, "job_id", JobRow.Columns),
        Of("instances", null, "instance", InstanceRow.Columns),
    ];

    /// <summary>The table that has the checkpoints.</summary>
    public static CopiedTable Journals => All[0];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>
    /// The column with the numbers that the engine assigns, the first one; <see langword="null"/> where there is none. Cursors of readers
    /// hold these numbers, so they are copied, too.
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
        var values = new object?[Rows.Columns.Length];
        for (var i = 0; i < values.Length; i++) Rows.Columns[i].Read(values, row, i, dialect);
        return values;
    }

    private static CopiedTable Of<TRow>(string name, string? number, string order, IEnumerable<RowColumn<TRow>> columns) =>
        new(name, number, order, [.. columns.Select(column => (column.Name, column.Type))]);

    private static RowColumn<object?[]> Column(string name, Type type, int i)
    {
        if (type == typeof(string))
            return RowColumn<object?[]>.TextOrNull(name, length: null, row => (string?)row[i], (row, value) => row[i] = value);
        if (type == typeof(DateTime))
            return RowColumn<object?[]>.TimeOrNull(name, row => (DateTime?)row[i], (row, value) => row[i] = value);
        if (type == typeof(Guid)) return RowColumn<object?[]>.Uuid(name, row => (Guid)row[i]!, (row, value) => row[i] = value);
        return type == typeof(int)
            ? RowColumn<object?[]>.Int32OrNull(name, row => (int?)row[i], (row, value) => row[i] = value)
            : RowColumn<object?[]>.Int64OrNull(name, row => (long?)row[i], (row, value) => row[i] = value);
    }
}
