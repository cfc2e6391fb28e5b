using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Copying;

/// <summary>A table as it is copied: every column, in one order of its rows. Immutable.</summary>
internal sealed class CopiedTable
{
    private const string AnyKey = "MIN";
    private const string TrimmedKey = "RTRIM";

    private readonly string _order;

    // Selects one row of those whose keys differ only in spaces at the end. SQL Server takes such keys for one. Given the key's function.
    private readonly Func<string, string>? _grouped;

    private CopiedTable(
        string name, string? number, string order, Func<string, string>? grouped, params (string Name, Type Type)[] columns)
    {
        Name = name;
        Number = number;
        _order = order;
        _grouped = grouped;
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
            "journals", "id", "id", null, ("journal", typeof(Guid)), ("instance", typeof(string)), ("name", typeof(string)),
            ("seq", typeof(long)), ("hash", typeof(string)), ("segment", typeof(long)), ("offset", typeof(long))),
        Of("audit_events", "row_id", "row_id", null, AuditEventRow.Columns),
        new(
            "audit_counts", null, "hour, event_type", SelectCounts,
            ("hour", typeof(DateTime)), ("event_type", typeof(string)), ("count", typeof(long))),
        Of("job_logs", "id", "id", null, JobLogRow.Columns),
        // No id of a job ends with a space: see JobIds.
        Of("jobs", null, "job_id", null, JobRow.Columns),
        Of("instances", null, "instance", SelectInstances, InstanceRow.Columns),
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

    /// <summary>Selects the next rows after a number: a table with numbers is read in ranges of them, so that nothing is sorted.</summary>
    /// <param name="dialect">How the engine writes queries.</param>
    /// <param name="after">Only rows after this number.</param>
    /// <param name="count">The most rows.</param>
    public SqlQuery Page(SqlDialect dialect, long after, int count) => SqlQuery.Raw(
        dialect.Take($"{Rows.Names} FROM {Name} WHERE {Number} > @after", Number!, "@count"),
        dialect.Parameter("@after", after), dialect.Parameter("@count", count));

    /// <summary>Selects all rows of a table without numbers, in the order of its key.</summary>
    /// <param name="merges">Whether rows are merged whose keys differ only in spaces at the end.</param>
    public SqlQuery InOrder(bool merges) => SqlQuery.Raw($"SELECT {Rows.Names} FROM {From(merges ? AnyKey : null)} ORDER BY {_order}");

    /// <summary>Selects all rows in whatever order the engine reads them, the same ones from every engine.</summary>
    public SqlQuery InAnyOrder() => SqlQuery.Raw($"SELECT {Rows.Names} FROM {From(TrimmedKey)}");

    /// <summary>Counts the rows; <c>NULL</c> means none.</summary>
    /// <param name="merges">Whether rows count once whose keys differ only in spaces at the end.</param>
    public SqlQuery Count(bool merges) => SqlQuery.Raw($"SELECT SUM(CAST(1 AS bigint)) FROM {From(merges ? AnyKey : null)}");

    /// <summary>The values of the reader's current row, in the order of the columns.</summary>
    /// <exception cref="FormatException">A value is not of its column's type; nor is it where another exception is thrown.</exception>
    public object?[] Read(DbDataReader row, SqlDialect dialect)
    {
        var values = new object?[Rows.Columns.Length];
        for (var i = 0; i < values.Length; i++) Rows.Columns[i].Read(values, row, i, dialect);
        return values;
    }

    private string From(string? key) => key is not null && _grouped is not null ? $"({_grouped(key)}) AS grouped" : Name;

    private static string SelectCounts(string typeOf) =>
        $"SELECT hour, {typeOf}(event_type) AS event_type, SUM(count) AS count FROM audit_counts GROUP BY hour, RTRIM(event_type)";

    private static string SelectInstances(string nameOf) =>
        $"SELECT {nameOf}(instance) AS instance, MAX(started_at) AS started_at, MAX(seen_at) AS seen_at, MAX(stopped_at) AS stopped_at, "
        + "MAX(version) AS version FROM instances GROUP BY RTRIM(instance)";

    private static CopiedTable Of<TRow>(
        string name, string? number, string order, Func<string, string>? grouped, IEnumerable<RowColumn<TRow>> columns) =>
        new(name, number, order, grouped, [.. columns.Select(column => (column.Name, column.Type))]);

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
