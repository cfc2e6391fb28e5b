using Zotify.Logging.Database;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>Converts the lines of a kind of journal to rows. Keeps no state, because a transaction may be repeated.</summary>
internal interface IProjection
{
    /// <summary>Parses lines. Needs no connection, so that it can be done while other lines are written.</summary>
    /// <param name="lines">The lines, in order.</param>
    /// <param name="journalId">The journal, as a row of <c>journals</c>.</param>
    ParsedLines Parse(IReadOnlyList<JournalLine> lines, long journalId);

    /// <summary>
    /// Completes what the lines up to the end of a batch complete, in the same transaction, after they were written or set aside.
    /// </summary>
    Task CompleteAsync(ProjectionBatch batch, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Finds work that may wait until there are no lines to project; <see langword="null"/> where there is none. The work runs in a
    /// transaction of its own, and takes milliseconds.
    /// </summary>
    Task<Func<Task>?> FindWorkAsync(LoggingConnection connection, long journalId, CancellationToken cancellationToken) =>
        Task.FromResult<Func<Task>?>(null);

    /// <summary>
    /// Corrects rows that the earlier runs of a journal's writer left open, such as running jobs. Called in a transaction, once after a
    /// start and once for each former id of the journal, when all lines up to <paramref name="lastSeq"/>, the last line of the earlier
    /// runs, are projected.
    /// </summary>
    Task SettleEarlierRunsAsync(LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken);

    /// <summary>
    /// Compares lines with the rows that a journal has in the database under the same numbers. A line without a row is left out: retention
    /// deleted the row, or the line was set aside.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="journalId">The journal, as a row of <c>journals</c>.</param>
    /// <param name="lines">The lines, in order; at least one.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    Task<IReadOnlyList<ComparedLine>> CompareAsync(
        LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken);
}
