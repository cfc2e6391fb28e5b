using System.Text;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>A field of an audit line, and the column that has it.</summary>
/// <param name="Name">The field's name, UTF-8.</param>
/// <param name="Column">The number of the column in the query; 0 for the line's number, by which the row was found.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Limit">The longest text that surely fits the column, in bytes of UTF-8.</param>
/// <param name="IsRequired">Whether a line without it has no row, or a row whose column is not NULL.</param>
internal sealed record LineField(byte[] Name, int Column, LineFieldKind Kind, int Limit, bool IsRequired)
{
    // In the order of the lines, so that a line's next field is mostly the next of these.
    private static readonly string[] Order =
    [
        "timestamp", "event_type", "user_id", "details", "scope", "seq", "id", "level", "category", "event_id", "message", "exception",
        "source_ip", "trace_id", "span_id", "instance", "key_id", "hash",
    ];

    /// <summary>The fields of a line, for a query that selects the line's number and then these columns.</summary>
    public static LineField[] Of(IReadOnlyList<LineColumn<AuditEventRow>> columns)
    {
        var number = new LineField("seq"u8.ToArray(), 0, LineFieldKind.Found, Limit: 0, IsRequired: false);
        var fields = columns.Select((column, at) => Of(column, at + 1)).Append(number);
        return [.. fields.OrderBy(field => (uint)Array.IndexOf(Order, Encoding.UTF8.GetString(field.Name)))];
    }

    private static LineField Of(LineColumn<AuditEventRow> column, int at) => new(
        Encoding.UTF8.GetBytes(column.Name), at, KindOf(column), column.Length ?? int.MaxValue, column.IsRequired);

    private static LineFieldKind KindOf(LineColumn<AuditEventRow> column) => column.Type switch
    {
        _ when column.IsJson => LineFieldKind.Json,
        var type when type == typeof(DateTime) => LineFieldKind.Time,
        var type when type == typeof(Guid) => LineFieldKind.Id,
        var type when type == typeof(string) => LineFieldKind.Text,
        _ => LineFieldKind.Number,
    };
}
