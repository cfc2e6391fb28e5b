using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A projection that fails now and then, before or after its rows are written.</summary>
internal sealed class FaultyProjection(IProjection projection, FaultyTransactions faults) : IProjection
{
    public ParsedLines Parse(IReadOnlyList<JournalLine> lines, long journalId)
    {
        var parsed = projection.Parse(lines, journalId);
        return parsed with
        {
            WriteAsync = async (batch, cancellationToken) =>
            {
                faults.FailNowAndThen(Fault.BeforeTheRows);
                await parsed.WriteAsync(batch, cancellationToken);
                faults.FailNowAndThen(Fault.AfterTheRows);
            },
        };
    }

    public Task CompleteAsync(ProjectionBatch batch, CancellationToken cancellationToken) =>
        projection.CompleteAsync(batch, cancellationToken);

    public Task<Func<Task>?> FindWorkAsync(LoggingConnection connection, long journalId, CancellationToken cancellationToken) =>
        projection.FindWorkAsync(connection, journalId, cancellationToken);

    public Task SettleEarlierRunsAsync(LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken) =>
        projection.SettleEarlierRunsAsync(connection, journalId, lastSeq, cancellationToken);

    public Task<IReadOnlyList<ComparedLine>> CompareAsync(
        LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken) =>
        projection.CompareAsync(connection, journalId, lines, cancellationToken);
}
