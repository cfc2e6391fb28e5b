using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>A projection of jobs that tells which lines it parses, and waits before it writes them.</summary>
/// <param name="parsing">Called with the lines before they are parsed.</param>
/// <param name="writing">Awaited with the lines before they are written.</param>
internal sealed class ObservedProjection(Action<IReadOnlyList<JournalLine>> parsing, Func<IReadOnlyList<JournalLine>, Task> writing)
    : IProjection
{
    private readonly UnsettledJobs _jobs = new();

    public ParsedLines Parse(IReadOnlyList<JournalLine> lines, long journalId)
    {
        parsing(lines);
        var parsed = _jobs.Parse(lines, journalId);
        return parsed with
        {
            WriteAsync = async (batch, cancellationToken) =>
            {
                await writing(lines);
                await parsed.WriteAsync(batch, cancellationToken);
            },
        };
    }

    public Task SettleEarlierRunsAsync(LoggingConnection connection, long journalId, long lastSeq, CancellationToken cancellationToken) =>
        _jobs.SettleEarlierRunsAsync(connection, journalId, lastSeq, cancellationToken);

    public Task<IReadOnlyList<ComparedLine>> CompareAsync(
        LoggingConnection connection, long journalId, IReadOnlyList<JournalLine> lines, CancellationToken cancellationToken) =>
        _jobs.CompareAsync(connection, journalId, lines, cancellationToken);
}
