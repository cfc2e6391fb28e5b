using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// The projection of jobs in a run that has not ended: jobs that an earlier projector left running stay running. With the real projection,
/// each projector that a test starts counts as another run of the journal's writer.
/// </summary>
/// <param name="settle">What happens instead of settling; nothing where it is <see langword="null"/>.</param>
internal sealed class UnsettledJobs(Func<Task>? settle = null) : IProjection
{
    private readonly JobProjection _jobs = new();

    public ParsedLines Parse(IReadOnlyList<JournalLine> lines, long journalId) => _jobs.Parse(lines, journalId);

    public Task SettleEarlierRunsAsync(LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken) =>
        settle?.Invoke() ?? Task.CompletedTask;

    public Task<IReadOnlyList<ComparedLine>> CompareAsync(
        LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken) =>
        _jobs.CompareAsync(connection, journalId, lines, cancellationToken);
}
