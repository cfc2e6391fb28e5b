using System.Text.Json;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Projects the audit journal to <c>audit_events</c>, the counts by hour and type, and the index of the texts.
/// </summary>
/// <param name="size">The sizes of the runs of the index.</param>
/// <param name="time">The clock that says which journals nobody writes any more.</param>
internal sealed class AuditProjection(TextRunSize size, TimeProvider time) : IProjection
{
    /// <summary>A projection with the product's sizes and the system's clock.</summary>
    public AuditProjection()
        : this(TextRunSize.Default, TimeProvider.System)
    {
    }

    /// <inheritdoc/>
    public ParsedLines Parse(IReadOnlyList<JournalLine> lines, long journalId)
    {
        var rows = new List<AuditEventRow>(lines.Count);
        var rejected = new List<RejectedLine>();
        var parser = AuditLine.Parser();
        foreach (var line in lines)
        {
            try
            {
                rows.Add(AuditLine.Parse(line, journalId, parser));
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
            {
                rejected.Add(new RejectedLine(line, exception));
            }
        }

        return new ParsedLines(lines, rejected, (batch, cancellationToken) => WriteAsync(batch, rows, cancellationToken));
    }

    /// <inheritdoc/>
    public Task CompleteAsync(ProjectionBatch batch, CancellationToken cancellationToken) =>
        new TextIndexer(batch.Connection, size).CompleteAsync(
            new TextRange(batch.JournalId, batch.Lines[0].Seq, batch.Lines[^1].Seq), batch.Events, cancellationToken);

    /// <inheritdoc/>
    public Task<Func<Task>?> FindWorkAsync(LoggingConnection connection, long journalId, CancellationToken cancellationToken) =>
        new TextMaintenance(connection, size, time).FindAsync(journalId, cancellationToken);

    /// <inheritdoc/>
    public Task SettleEarlierRunsAsync(LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    // Compared by the event's id, not by its hash: changing one line changes the hashes of all lines after it, but they are the same
    // events.
    public async Task<IReadOnlyList<ComparedLine>> CompareAsync(
        LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken)
    {
        var found = await connection.ReadAsync(
            $"""
            SELECT e.seq, e.id FROM audit_events AS e
            WHERE e.journal_id = {journalId} AND e.seq >= {lines[0].Seq} AND e.seq <= {lines[^1].Seq}
            """,
            row => (Seq: row.GetInt64(0), Id: connection.Dialect.ReadId(row, 1)), cancellationToken).ConfigureAwait(false);
        var rows = found.ToDictionary(row => row.Seq, row => row.Id);
        return [.. lines.Where(line => rows.ContainsKey(line.Seq)).Select(line => new ComparedLine(line, IdOf(line) == rows[line.Seq]))];
    }

    private static async Task WriteAsync(ProjectionBatch batch, List<AuditEventRow> rows, CancellationToken cancellationToken)
    {
        await batch.InsertAsync(SqlTables.AuditEvents, rows, cancellationToken).ConfigureAwait(false);
        batch.Events = rows;
        await AuditCounts.AddAsync(batch.Connection, rows, cancellationToken).ConfigureAwait(false);
    }

    private static Guid? IdOf(JournalLine line) => AuditLine.TryParse(line, journalId: 0)?.Id;
}
