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
    public static LineField[] Of(IReadOnlyList<SqlColumn<AuditEventRow>> columns)
    {
        var number = new LineField("seq"u8.ToArray(), 0, LineFieldKind.Found, Limit: 0, IsRequired: false);
        var fields = columns.Select((column, at) => Of(column, at + 1)).Append(number);
        return [.. fields.OrderBy(field => (uint)Array.IndexOf(Order, Encoding.UTF8.GetString(field.Name)))];
    }

    private static LineField Of(SqlColumn<AuditEventRow> column, int at)
    {
        var kind = column.Name switch
        {
            "timestamp" => LineFieldKind.Time,
            "id" => LineFieldKind.Id,
            "event_id" => LineFieldKind.Number,
            "details" or "scope" => LineFieldKind.Json,
            _ => LineFieldKind.Text,
        };
        var limit = column.Name switch
        {
            _ when column.IsLong => int.MaxValue,
            "instance" => ColumnLengths.Instance,
            "category" => ColumnLengths.Category,
            _ => ColumnLengths.Name,
        };
        var isRequired = column.Name is "timestamp" or "id" or "event_type" or "level" or "category" or "instance";
        return new LineField(Encoding.UTF8.GetBytes(column.Name), at, kind, limit, isRequired);
    }
}
