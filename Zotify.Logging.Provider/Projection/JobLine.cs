using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Records;

namespace Zotify.Logging.Projection;

/// <summary>A line of the job journal.</summary>
/// <param name="Row">The row of the line.</param>
/// <param name="JobType">The type in the line. It belongs to the job, not to the entry.</param>
internal readonly record struct JobLine(JobLogRow Row, string? JobType)
{
    /// <summary>Reads a line of a batch, in one pass where nothing in it is unusual.</summary>
    /// <inheritdoc cref="Parse(JournalLine, long)" path="/exception"/>
    public static JobLine Parse(JournalLine line, long journalId, LineParser<JobLogRow> parser)
    {
        var row = new JobLogRow(journalId, line.Seq);
        return parser.TryParse(line.Utf8.Span, row) ? new JobLine(row, parser.Further) : Parse(line, journalId);
    }

    /// <summary>The parser for a batch.</summary>
    public static LineParser<JobLogRow> Parser() => new(JobLogRow.Columns, "job_type", ColumnLengths.Name);

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">The line is not JSON, or lacks a field that every line has.</exception>
    /// <exception cref="InvalidOperationException">A field is of another type, or its text is not valid Unicode.</exception>
    public static JobLine Parse(JournalLine line, long journalId)
    {
        using var document = LineFields.Parse(line.Utf8);
        var row = new JobLogRow(journalId, line.Seq);
        foreach (var column in JobLogRow.Columns) column.Parse(row, document.RootElement);
        return new JobLine(row, document.RootElement.Text("job_type"u8, ColumnLengths.Name));
    }
}
