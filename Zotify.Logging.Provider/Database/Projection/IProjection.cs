using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>How the lines of a journal become rows.</summary>
internal interface IProjection
{
    /// <summary>Writes the rows of the lines inside the target's transaction.</summary>
    Task ApplyAsync(ProjectionTarget target, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken);

    /// <summary>
    /// Called once after a start, in a transaction of its own, when everything that the journal held at the start is
    /// projected, and nothing newer is.
    /// </summary>
    Task RecoveredAsync(LoggingDbContext context, CancellationToken cancellationToken);
}
