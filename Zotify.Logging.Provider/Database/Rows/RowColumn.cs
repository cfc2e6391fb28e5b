using System.Data.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// A column of a table: its name, its type, its length, and how a row gets its value from the database. All code that handles the table
/// uses the table's list of columns. Immutable.
/// </summary>
internal class RowColumn<TRow>
{
    /// <summary>Creates a copy of a column.</summary>
    protected RowColumn(RowColumn<TRow> column)
        : this(column.Name, column.Type, column.Length, column.Value, column.Write, column.Read)
    {
    }

    private RowColumn(
        string name,
        Type type,
        int? length,
        Func<TRow, object?> value,
        Action<TRow, IRowValues> write,
        Action<TRow, DbDataReader, int, IStoredValues> read)
    {
        Name = name;
        Type = type;
        Length = length;
        Value = value;
        Write = write;
        Read = read;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of its values, apart from <see langword="null"/>.</summary>
    public Type Type { get; }

    /// <summary>How many UTF-16 characters a text may have; <see langword="null"/> means any number.</summary>
    public int? Length { get; }

    /// <summary>Whether its values are texts of any length.</summary>
    public bool IsLong => Type == typeof(string) && Length is null;

    /// <summary>Returns the value of a row.</summary>
    public Func<TRow, object?> Value { get; }

    /// <summary>Passes on the value of a row, without creating an object for it.</summary>
    public Action<TRow, IRowValues> Write { get; }

    /// <summary>Sets the value of a row from a column of the reader's current row. The column is given by its number.</summary>
    public Action<TRow, DbDataReader, int, IStoredValues> Read { get; }

    /// <summary>A whole number.</summary>
    public static RowColumn<TRow> Int64(string name, Func<TRow, long> get, Action<TRow, long> set) =>
        new(
            name, typeof(long), null, row => get(row), (row, values) => values.Number(get(row)),
            (row, reader, at, _) => set(row, reader.GetInt64(at)));

    /// <summary>A whole number, or none.</summary>
    public static RowColumn<TRow> Int64OrNull(string name, Func<TRow, long?> get, Action<TRow, long?> set) => new(
        name, typeof(long), null, row => get(row), (row, values) => values.Number(get(row)),
        (row, reader, at, _) => set(row, reader.IsDBNull(at) ? null : reader.GetInt64(at)));

    /// <summary>A whole number of 32 bits, or none.</summary>
    public static RowColumn<TRow> Int32OrNull(string name, Func<TRow, int?> get, Action<TRow, int?> set) => new(
        name, typeof(int), null, row => get(row), (row, values) => values.Number(get(row)),
        (row, reader, at, _) => set(row, reader.IsDBNull(at) ? null : reader.GetInt32(at)));

    /// <summary>A UUID.</summary>
    public static RowColumn<TRow> Uuid(string name, Func<TRow, Guid> get, Action<TRow, Guid> set) =>
        new(
            name, typeof(Guid), null, row => get(row), (row, values) => values.Id(get(row)),
            (row, reader, at, values) => set(row, values.ReadId(reader, at)));

    /// <summary>A time in UTC.</summary>
    public static RowColumn<TRow> Time(string name, Func<TRow, DateTime> get, Action<TRow, DateTime> set) =>
        new(
            name, typeof(DateTime), null, row => get(row), (row, values) => values.Time(get(row)),
            (row, reader, at, values) => set(row, values.ReadTime(reader, at)));

    /// <summary>A time in UTC, or none.</summary>
    public static RowColumn<TRow> TimeOrNull(string name, Func<TRow, DateTime?> get, Action<TRow, DateTime?> set) => new(
        name, typeof(DateTime), null, row => get(row), (row, values) => values.Time(get(row)),
        (row, reader, at, values) => set(row, reader.IsDBNull(at) ? null : values.ReadTime(reader, at)));

    /// <summary>A text.</summary>
    public static RowColumn<TRow> Text(string name, int length, Func<TRow, string> get, Action<TRow, string> set) =>
        new(
            name, typeof(string), length, get, (row, values) => values.Text(get(row)),
            (row, reader, at, _) => set(row, reader.GetString(at)));

    /// <summary>A text, or none. Without a length, it may be of any length.</summary>
    public static RowColumn<TRow> TextOrNull(string name, int? length, Func<TRow, string?> get, Action<TRow, string?> set) => new(
        name, typeof(string), length, get, (row, values) => values.Text(get(row)),
        (row, reader, at, _) => set(row, reader.IsDBNull(at) ? null : reader.GetString(at)));
}
