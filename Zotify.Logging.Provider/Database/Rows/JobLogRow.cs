using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Database;
using Zotify.Logging.Records;
using Column = Zotify.Logging.Database.LineColumn<Zotify.Logging.JobLogRow>;

namespace Zotify.Logging;

/// <summary>A row of <c>job_logs</c>: an entry of a job.</summary>
public sealed class JobLogRow
{
    /// <summary>Creates a row whose required members the caller sets.</summary>
    public JobLogRow()
    {
    }

    /// <summary>Creates a row whose members are set by <see cref="Columns"/>.</summary>
    [SetsRequiredMembers]
    internal JobLogRow(long journalId, long seq)
    {
        JournalId = journalId;
        Seq = seq;
        JobId = Instance = Level = Category = "";
    }

    /// <summary>The entry's number in the table; a job's entries are ordered by it. It is never reused.</summary>
    public long Id { get; set; }

    /// <summary>The journal, as a row of <c>journals</c>.</summary>
    public required long JournalId { get; set; }

    /// <summary>The line's number in the journal.</summary>
    public required long Seq { get; set; }

    /// <summary>The job, shortened by <see cref="JobIds.Shorten"/>.</summary>
    public required string JobId { get; set; }

    /// <summary>The instance that wrote it.</summary>
    public required string Instance { get; set; }

    /// <summary>The time of the call, in UTC.</summary>
    public required DateTime Timestamp { get; set; }

    /// <summary>The level's name.</summary>
    public required string Level { get; set; }

    /// <summary>The category.</summary>
    public required string Category { get; set; }

    /// <summary>The event's number.</summary>
    public int? EventId { get; set; }

    /// <summary>The event's name.</summary>
    public string? EventName { get; set; }

    /// <summary>The rendered message.</summary>
    public string? Message { get; set; }

    /// <summary>The exception's text.</summary>
    public string? Exception { get; set; }

    /// <summary>The message's properties, a JSON object as the journal has it.</summary>
    public string? Properties { get; set; }

    /// <summary>How much was done at this entry.</summary>
    public long? ProgressDone { get; set; }

    /// <summary>What the progress counts up to.</summary>
    public long? ProgressTotal { get; set; }

    /// <summary>The trace id.</summary>
    public string? TraceId { get; set; }

    /// <summary>The span id.</summary>
    public string? SpanId { get; set; }

    /// <summary>
    /// All columns but <c>id</c>, which the engine assigns: the one list that parser, tables, readers and model follow. See
    /// CONTRIBUTING.md, "Add a column".
    /// </summary>
    internal static ImmutableArray<LineColumn<JobLogRow>> Columns { get; } =
    [
        Column.Key("journal_id", row => row.JournalId, (row, value) => row.JournalId = value),
        Column.Key("seq", row => row.Seq, (row, value) => row.Seq = value),
        Column.JobId(row => row.JobId, (row, value) => row.JobId = value),
        Column.RequiredText("instance", ColumnLengths.Instance, row => row.Instance, (row, value) => row.Instance = value),
        Column.Timestamp(row => row.Timestamp, (row, value) => row.Timestamp = value),
        Column.RequiredText("level", ColumnLengths.Name, row => row.Level, (row, value) => row.Level = value),
        Column.TextOrEmpty("category", ColumnLengths.Category, row => row.Category, (row, value) => row.Category = value),
        Column.EventId(row => row.EventId, (row, value) => row.EventId = value),
        Column.OptionalText("event_name", ColumnLengths.Name, row => row.EventName, (row, value) => row.EventName = value),
        Column.OptionalText("message", length: null, row => row.Message, (row, value) => row.Message = value),
        Column.OptionalText("exception", length: null, row => row.Exception, (row, value) => row.Exception = value),
        Column.Json("properties", row => row.Properties, (row, value) => row.Properties = value),
        Column.Number("progress_done", row => row.ProgressDone, (row, value) => row.ProgressDone = value),
        Column.Number("progress_total", row => row.ProgressTotal, (row, value) => row.ProgressTotal = value),
        Column.OptionalText("trace_id", ColumnLengths.Name, row => row.TraceId, (row, value) => row.TraceId = value),
        Column.OptionalText("span_id", ColumnLengths.Name, row => row.SpanId, (row, value) => row.SpanId = value),
    ];
}
