using System.Data.Common;
using System.Text.Json;

namespace Zotify.Logging.Database;

/// <summary>
/// A column of a table whose rows come from a journal's lines: its name, type and length, and how its value is read from a line and from
/// the database. Everything that handles the table reads this list. Immutable.
/// </summary>
internal sealed class LineColumn<TRow>
{
    private LineColumn(
        string name,
        Type type,
        int? length,
        Func<TRow, object?> value,
        Action<TRow, JsonElement> parse,
        Action<TRow, DbDataReader, int, IStoredValues> read)
    {
        Name = name;
        Type = type;
        Length = length;
        Value = value;
        Parse = parse;
        Read = read;
    }

    /// <summary>The name, in the table and in the line.</summary>
    public string Name { get; }

    /// <summary>The type of its values, where they are not <see langword="null"/>.</summary>
    public Type Type { get; }

    /// <summary>How many UTF-16 characters a text may have; <see langword="null"/> means any number.</summary>
    public int? Length { get; }

    /// <summary>Whether its values are texts of any length.</summary>
    public bool IsLong => Type == typeof(string) && Length is null;

    /// <summary>Returns the value of a row.</summary>
    public Func<TRow, object?> Value { get; }

    /// <summary>Sets the value of a row from the object of a line. Throws what <see cref="LineFields"/> throws.</summary>
    public Action<TRow, JsonElement> Parse { get; }

    /// <summary>Sets the value of a row from a column of a reader's current row, by its number.</summary>
    public Action<TRow, DbDataReader, int, IStoredValues> Read { get; }

    /// <summary>A number that is not in the line's object, such as the line's number in the journal.</summary>
    public static LineColumn<TRow> Key(string name, Func<TRow, long> get, Action<TRow, long> set) =>
        new(name, typeof(long), null, row => get(row), (_, _) => { }, (row, reader, at, _) => set(row, reader.GetInt64(at)));

    /// <summary>A UUID that every line has.</summary>
    public static LineColumn<TRow> Id(string name, Func<TRow, Guid> get, Action<TRow, Guid> set) => new(
        name, typeof(Guid), null, row => get(row),
        (row, line) => set(row, Guid.Parse(line.RequiredText(name))), (row, reader, at, values) => set(row, values.ReadId(reader, at)));

    /// <summary>The time of the line.</summary>
    public static LineColumn<TRow> Time(Func<TRow, DateTime> get, Action<TRow, DateTime> set) => new(
        "timestamp", typeof(DateTime), null, row => get(row),
        (row, line) => set(row, line.Timestamp()), (row, reader, at, values) => set(row, values.ReadTime(reader, at)));

    /// <summary>A text that every line has, cut to its length.</summary>
    public static LineColumn<TRow> RequiredText(string name, int length, Func<TRow, string> get, Action<TRow, string> set) => new(
        name, typeof(string), length, get,
        (row, line) => set(row, line.RequiredText(name, length)), (row, reader, at, _) => set(row, reader.GetString(at)));

    /// <summary>A text, cut to its length; empty where the line leaves it out.</summary>
    public static LineColumn<TRow> TextOrEmpty(string name, int length, Func<TRow, string> get, Action<TRow, string> set) => new(
        name, typeof(string), length, get,
        (row, line) => set(row, line.Text(name, length) ?? ""), (row, reader, at, _) => set(row, reader.GetString(at)));

    /// <summary>A text, cut to its length where it has one.</summary>
    public static LineColumn<TRow> Text(string name, int? length, Func<TRow, string?> get, Action<TRow, string?> set) => new(
        name, typeof(string), length, get, (row, line) => set(row, line.Text(name, length ?? int.MaxValue)), ReadText(set));

    /// <summary>A JSON value as it is written in the line, of any length.</summary>
    public static LineColumn<TRow> Json(string name, Func<TRow, string?> get, Action<TRow, string?> set) =>
        new(name, typeof(string), null, get, (row, line) => set(row, line.Raw(name)), ReadText(set));

    /// <summary>The event's number.</summary>
    public static LineColumn<TRow> EventId(Func<TRow, int?> get, Action<TRow, int?> set) => new(
        "event_id", typeof(int), null, row => get(row),
        (row, line) => set(row, line.EventId()), (row, reader, at, _) => set(row, reader.IsDBNull(at) ? null : reader.GetInt32(at)));

    private static Action<TRow, DbDataReader, int, IStoredValues> ReadText(Action<TRow, string?> set) =>
        (row, reader, at, _) => set(row, reader.IsDBNull(at) ? null : reader.GetString(at));
}
