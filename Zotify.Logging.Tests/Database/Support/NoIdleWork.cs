using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A projection whose projector has nothing to do but to project, as one that always has lines.</summary>
internal sealed class NoIdleWork(IProjection projection) : IProjection
{
    public ParsedLines Parse(IReadOnlyList<JournalLine> lines, long journalId) => projection.Parse(lines, journalId);

    public Task CompleteAsync(ProjectionBatch batch, CancellationToken cancellationToken) => projection.CompleteAsync(batch, cancellationToken);

    public Task SettleEarlierRunsAsync(LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken) =>
        projection.SettleEarlierRunsAsync(connection, journalId, lastSeq, cancellationToken);

    public Task<IReadOnlyList<ComparedLine>> CompareAsync(
        LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken) =>
        projection.CompareAsync(connection, journalId, lines, cancellationToken);
}
