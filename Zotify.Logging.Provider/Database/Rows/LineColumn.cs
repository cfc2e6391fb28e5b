using System.Text;
using System.Text.Json;
using Zotify.Logging.Records;

namespace Zotify.Logging.Database;

/// <summary>
/// A column of a table whose rows come from a journal's lines. The line's field has its name. Immutable.
/// </summary>
internal sealed class LineColumn<TRow> : RowColumn<TRow>
{
    private LineColumn(RowColumn<TRow> column, Action<TRow, JsonElement> parse)
        : base(column) => Parse = parse;

    /// <summary>Sets the value of a row from the object of a line. Throws what <see cref="LineFields"/> throws.</summary>
    public Action<TRow, JsonElement> Parse { get; }

    /// <summary>Whether a line without the field has no row, or a row with another value than NULL.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>Whether its values are JSON, as it is written in the line.</summary>
    public bool IsJson { get; private init; }

    /// <summary>A number that is not in the line's object, such as the line's number in the journal.</summary>
    public static LineColumn<TRow> Key(string name, Func<TRow, long> get, Action<TRow, long> set) =>
        new(Int64(name, get, set), (_, _) => { });

    /// <summary>A UUID that every line has.</summary>
    public static LineColumn<TRow> Id(string name, Func<TRow, Guid> get, Action<TRow, Guid> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(Uuid(name, get, set), (row, line) => set(row, Guid.Parse(line.RequiredText(field)))) { IsRequired = true };
    }

    /// <summary>The time of the line.</summary>
    public static LineColumn<TRow> Timestamp(Func<TRow, DateTime> get, Action<TRow, DateTime> set) =>
        new(Time("timestamp", get, set), (row, line) => set(row, line.Timestamp())) { IsRequired = true };

    /// <summary>The job that every line of the job journal has, shortened by <see cref="JobIds.Shorten"/>.</summary>
    public static LineColumn<TRow> JobId(Func<TRow, string> get, Action<TRow, string> set) =>
        new(Text("job_id", ColumnLengths.Name, get, set), (row, line) => set(row, JobIds.Shorten(line.RequiredText("job_id"u8))))
        {
            IsRequired = true,
        };

    /// <summary>A text that every line has, cut to its length.</summary>
    public static LineColumn<TRow> RequiredText(string name, int length, Func<TRow, string> get, Action<TRow, string> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(Text(name, length, get, set), (row, line) => set(row, line.RequiredText(field, length))) { IsRequired = true };
    }

    /// <summary>A text, cut to its length; empty where the line leaves it out.</summary>
    public static LineColumn<TRow> TextOrEmpty(string name, int length, Func<TRow, string> get, Action<TRow, string> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(Text(name, length, get, set), (row, line) => set(row, line.Text(field, length) ?? "")) { IsRequired = true };
    }

    /// <summary>A text, cut to its length where it has one.</summary>
    public static LineColumn<TRow> OptionalText(string name, int? length, Func<TRow, string?> get, Action<TRow, string?> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(TextOrNull(name, length, get, set), (row, line) => set(row, line.Text(field, length ?? int.MaxValue)));
    }

    /// <summary>A JSON value as it is written in the line, of any length.</summary>
    public static LineColumn<TRow> Json(string name, Func<TRow, string?> get, Action<TRow, string?> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(TextOrNull(name, length: null, get, set), (row, line) => set(row, line.Raw(field))) { IsJson = true };
    }

    /// <summary>A whole number.</summary>
    public static LineColumn<TRow> Number(string name, Func<TRow, long?> get, Action<TRow, long?> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(Int64OrNull(name, get, set), (row, line) => set(row, line.Number(field)));
    }

    /// <summary>The event's number.</summary>
    public static LineColumn<TRow> EventId(Func<TRow, int?> get, Action<TRow, int?> set) =>
        new(Int32OrNull("event_id", get, set), (row, line) => set(row, line.EventId()));
}
