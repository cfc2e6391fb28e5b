using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>Lines of a journal that are being projected, in one transaction with the journal's checkpoint.</summary>
/// <param name="database">The database.</param>
/// <param name="connection">The connection, in the transaction.</param>
/// <param name="journalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="lines">The lines, in order.</param>
/// <param name="checkpoint">Moves the checkpoint after the lines, before anything else is written.</param>
internal sealed class ProjectionBatch(
    LoggingDatabase database, LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines, CheckpointMove checkpoint)
{
    private readonly List<RejectedLine> _rejected = [];

    /// <summary>The connection, in the transaction.</summary>
    public LoggingConnection Connection => connection;

    /// <summary>The journal, as a row of <c>journals</c>.</summary>
    public long JournalId => journalId;

    /// <summary>The lines, in order.</summary>
    public IReadOnlyList<JournalLine> Lines => lines;

    /// <summary>The rows of audit events that were inserted, in order.</summary>
    public IReadOnlyList<AuditEventRow> Events { get; set; } = [];

    /// <summary>The lines to set aside.</summary>
    public IReadOnlyList<RejectedLine> Rejected => _rejected;

    /// <summary>
    /// Marks lines that cannot become rows. The other lines are not delayed, and the journal keeps these.
    /// </summary>
    public void Reject(params IEnumerable<RejectedLine> lines) => _rejected.AddRange(lines);

    /// <summary>Reserves jobs until the transaction ends, and reads those that have rows already.</summary>
    /// <param name="jobIds">A JSON array of the jobs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<List<JobRow>> ReserveJobsAsync(string jobIds, CancellationToken cancellationToken) => checkpoint.RunAndReadAsync(
        database.ReserveJobs(JobRowReader.Columns, jobIds), row => JobRowReader.Of(row, connection.Dialect), cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public async Task InsertAsync<TRow>(SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        await checkpoint.RunAsync(cancellationToken).ConfigureAwait(false);
        await database.InsertAsync(connection, table, rows, cancellationToken).ConfigureAwait(false);
    }
}
