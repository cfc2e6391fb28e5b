using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Tests.Database.SqlServer;

/// <summary>Projects nothing of the lines: only their journal's checkpoint moves.</summary>
internal sealed class NoProjection : IProjection
{
    public ParsedLines Parse(IReadOnlyList<JournalLine> lines, long journalId) => new(lines, [], (_, _) => Task.CompletedTask);

    public Task SettleEarlierRunsAsync(LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<IReadOnlyList<ComparedLine>> CompareAsync(
        LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ComparedLine>>([]);
}
