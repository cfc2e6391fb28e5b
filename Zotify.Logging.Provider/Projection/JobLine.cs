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
    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">The line is not JSON, or lacks a field that every line has.</exception>
    /// <exception cref="InvalidOperationException">A field is of another type, or its text is not valid Unicode.</exception>
    public static JobLine Parse(JournalLine line, long journalId)
    {
        using var document = LineFields.Parse(line.Utf8);
        var fields = document.RootElement;
        var row = new JobLogRow
        {
            JournalId = journalId,
            Seq = line.Seq,
            JobId = JobIds.Shorten(fields.RequiredText("job_id")),
            Instance = fields.RequiredText("instance", ColumnLengths.Instance),
            Timestamp = fields.Timestamp(),
            Level = fields.RequiredText("level", ColumnLengths.Name),
            Category = fields.Text("category", ColumnLengths.Category) ?? "",
            EventId = fields.EventId(),
            EventName = fields.Text("event_name", ColumnLengths.Name),
            Message = fields.Text("message"),
            Exception = fields.Text("exception"),
            Properties = fields.Raw("properties"),
            ProgressDone = fields.Number("progress_done"),
            ProgressTotal = fields.Number("progress_total"),
            TraceId = fields.Text("trace_id", ColumnLengths.Name),
            SpanId = fields.Text("span_id", ColumnLengths.Name),
        };
        return new JobLine(row, fields.Text("job_type", ColumnLengths.Name));
    }
}
