using Zotify.Logging.Provider.Database.Sql;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>Lines of a journal on their way into the database, in one transaction with the journal's cursor.</summary>
/// <param name="database">The database.</param>
/// <param name="context">The context, in the transaction.</param>
/// <param name="journalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="lines">The lines, in order.</param>
internal sealed class ProjectionBatch(LoggingDatabase database, LoggingDbContext context, long journalId, IReadOnlyList<JournalLine> lines)
{
    private readonly List<RejectedLine> _rejected = [];

    /// <summary>The context, in the transaction.</summary>
    public LoggingDbContext Context => context;

    /// <summary>How queries are put to the database.</summary>
    public SqlDialect Dialect => database.Dialect;

    /// <summary>The journal, as a row of <c>journals</c>.</summary>
    public long JournalId => journalId;

    /// <summary>The lines, in order.</summary>
    public IReadOnlyList<JournalLine> Lines => lines;

    /// <summary>The lines to set aside.</summary>
    public IReadOnlyList<RejectedLine> Rejected => _rejected;

    /// <summary>Sets a line aside that nothing can be made of: it neither holds up nor loses the others, and the journal keeps it.</summary>
    public void Reject(JournalLine line, Exception reason) => _rejected.Add(new RejectedLine(line, reason));

    /// <inheritdoc cref="DatabaseEngine.ReserveJobsAsync"/>
    public Task ReserveJobsAsync(string jobIds, CancellationToken cancellationToken) => database.ReserveJobsAsync(context, jobIds, cancellationToken);

    /// <inheritdoc cref="DatabaseEngine.InsertAsync"/>
    public Task InsertAsync<TRow>(IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
        where TRow : class =>
        database.InsertAsync(context, rows, cancellationToken);
}
