using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Zotify.Logging.Records;

namespace Zotify.Logging.Database;

/// <summary>
/// A column of a table whose rows come from a journal's lines. The line's field has its name. Immutable.
/// </summary>
internal sealed class LineColumn<TRow> : RowColumn<TRow>
{
    // The same function for every call, so that no call creates a delegate.
    private static readonly Func<string, int, string> Fit = ColumnText.Fit;
    private static readonly Func<string, int, string> Shorten = (text, _) => JobIds.Shorten(text);

    private LineColumn(RowColumn<TRow> column, Action<TRow, JsonElement> parse, SetFromLine<TRow> trySet)
        : base(column) => (Parse, TrySet) = (parse, trySet);

    /// <summary>Sets the value of a row from the object of a line. Throws what <see cref="LineFields"/> throws.</summary>
    public Action<TRow, JsonElement> Parse { get; }

    /// <summary>Sets the value of a row from a field to what <see cref="Parse"/> would set, or returns false.</summary>
    public SetFromLine<TRow> TrySet { get; }

    /// <summary>Whether a line without the field has no row, or a row with another value than NULL.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>Whether its values are JSON, as it is written in the line.</summary>
    public bool IsJson { get; private init; }

    /// <summary>A number that is not in the line's object, such as the line's number in the journal.</summary>
    public static LineColumn<TRow> Key(string name, Func<TRow, long> get, Action<TRow, long> set) => new(
        Int64(name, get, set),
        (_, _) => { },
        (TRow _, ref Utf8JsonReader json, ReadOnlySpan<byte> _, RepeatedText _) =>
        {
            json.Skip();
            return true;
        });

    /// <summary>A UUID that every line has.</summary>
    public static LineColumn<TRow> Id(string name, Func<TRow, Guid> get, Action<TRow, Guid> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(
            Uuid(name, get, set),
            (row, line) => set(row, Guid.Parse(line.RequiredText(field))),
            (TRow row, ref Utf8JsonReader json, ReadOnlySpan<byte> _, RepeatedText _) =>
            {
                if (json.TokenType != JsonTokenType.String || !json.TryGetGuid(out var id)) return false;
                set(row, id);
                return true;
            })
        {
            IsRequired = true,
        };
    }

    /// <summary>The time of the line.</summary>
    public static LineColumn<TRow> Timestamp(Func<TRow, DateTime> get, Action<TRow, DateTime> set) => new(
        Time("timestamp", get, set),
        (row, line) => set(row, line.Timestamp()),
        (TRow row, ref Utf8JsonReader json, ReadOnlySpan<byte> _, RepeatedText _) =>
        {
            if (json.TokenType != JsonTokenType.String || !json.TryGetDateTimeOffset(out var time)) return false;
            set(row, time.UtcDateTime);
            return true;
        })
    {
        IsRequired = true,
    };

    /// <summary>The job that every line of the job journal has, shortened by <see cref="JobIds.Shorten"/>.</summary>
    public static LineColumn<TRow> JobId(Func<TRow, string> get, Action<TRow, string> set) => new(
        Text("job_id", ColumnLengths.Name, get, set),
        (row, line) => set(row, JobIds.Shorten(line.RequiredText("job_id"u8))),
        TrySetText(set, Shorten, length: null))
    {
        IsRequired = true,
    };

    /// <summary>A text that every line has, cut to its length.</summary>
    public static LineColumn<TRow> RequiredText(string name, int length, Func<TRow, string> get, Action<TRow, string> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(
            Text(name, length, get, set), (row, line) => set(row, line.RequiredText(field, length)), TrySetText(set, Fit, length))
        {
            IsRequired = true,
        };
    }

    /// <summary>A text, cut to its length; empty where the line leaves it out.</summary>
    public static LineColumn<TRow> TextOrEmpty(string name, int length, Func<TRow, string> get, Action<TRow, string> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(
            Text(name, length, get, set), (row, line) => set(row, line.Text(field, length) ?? ""), TrySetText(set, Fit, length))
        {
            IsRequired = true,
        };
    }

    /// <summary>A text, cut to its length where it has one.</summary>
    public static LineColumn<TRow> OptionalText(string name, int? length, Func<TRow, string?> get, Action<TRow, string?> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(
            TextOrNull(name, length, get, set),
            (row, line) => set(row, line.Text(field, length ?? int.MaxValue)),
            TrySetText(set, Fit, length));
    }

    /// <summary>A JSON value as it is written in the line, of any length.</summary>
    public static LineColumn<TRow> Json(string name, Func<TRow, string?> get, Action<TRow, string?> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(
            TextOrNull(name, length: null, get, set),
            (row, line) => set(row, line.Raw(field)),
            (TRow row, ref Utf8JsonReader json, ReadOnlySpan<byte> line, RepeatedText _) =>
            {
                if (json.TokenType != JsonTokenType.StartObject) return false;
                var start = (int)json.TokenStartIndex;
                json.Skip();
                var raw = line[start..(int)json.BytesConsumed];
                if (!Utf8.IsValid(raw)) return false;
                set(row, Encoding.UTF8.GetString(raw));
                return true;
            })
        {
            IsJson = true,
        };
    }

    /// <summary>A whole number.</summary>
    public static LineColumn<TRow> Number(string name, Func<TRow, long?> get, Action<TRow, long?> set)
    {
        var field = Encoding.UTF8.GetBytes(name);
        return new(
            Int64OrNull(name, get, set),
            (row, line) => set(row, line.Number(field)),
            (TRow row, ref Utf8JsonReader json, ReadOnlySpan<byte> _, RepeatedText _) =>
            {
                if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var number)) return false;
                set(row, number);
                return true;
            });
    }

    /// <summary>The event's number.</summary>
    public static LineColumn<TRow> EventId(Func<TRow, int?> get, Action<TRow, int?> set) => new(
        Int32OrNull("event_id", get, set),
        (row, line) => set(row, line.EventId()),
        (TRow row, ref Utf8JsonReader json, ReadOnlySpan<byte> _, RepeatedText _) =>
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out var number)) return false;
            set(row, number);
            return true;
        });

    private static SetFromLine<TRow> TrySetText(Action<TRow, string> set, Func<string, int, string> convert, int? length) =>
        (TRow row, ref Utf8JsonReader json, ReadOnlySpan<byte> _, RepeatedText last) =>
        {
            if (json.TokenType != JsonTokenType.String) return false;
            // Long texts hardly repeat.
            set(row, length is null && convert == Fit ? Fit(json.GetString()!, int.MaxValue) : last.Of(ref json, convert, length ?? 0));
            return true;
        };
}
