using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>Reads a line of the audit journal.</summary>
internal static class AuditLine
{
    /// <summary>The row of a line of a batch, in one pass where nothing in it is unusual.</summary>
    /// <inheritdoc cref="Parse(JournalLine, long)" path="/exception"/>
    public static AuditEventRow Parse(JournalLine line, long journalId, LineParser<AuditEventRow> parser)
    {
        var row = new AuditEventRow(journalId, line.Seq);
        return parser.TryParse(line.Utf8.Span, row) ? row : Parse(line, journalId);
    }

    /// <summary>The parser for a batch.</summary>
    public static LineParser<AuditEventRow> Parser() => new(AuditEventRow.Columns);

    /// <summary>The row of the line.</summary>
    /// <exception cref="JsonException">The line is not JSON, or lacks a field that every line has.</exception>
    /// <exception cref="InvalidOperationException">A field is of another type, or its text is not valid Unicode.</exception>
    /// <exception cref="FormatException">The id is no UUID.</exception>
    public static AuditEventRow Parse(JournalLine line, long journalId)
    {
        using var document = LineFields.Parse(line.Utf8);
        var row = new AuditEventRow(journalId, line.Seq);
        foreach (var column in AuditEventRow.Columns) column.Parse(row, document.RootElement);
        return row;
    }

    /// <summary>The row of the line; <see langword="null"/> where the line is not an audit event and cannot have a row.</summary>
    public static AuditEventRow? TryParse(JournalLine line, long journalId)
    {
        try
        {
            return Parse(line, journalId);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
