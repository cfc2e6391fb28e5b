using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Finds an event by its id. The id of an event has its time, so the index by time finds it. The index of the texts has the ids that have
/// another time.
/// </summary>
internal static class AuditEventFinder
{
    private const int RunsAtOnce = 256;
    private const int MostPending = 12;

    /// <summary>The event's row; the newest where several have the id; <see langword="null"/> where none has.</summary>
    public static async Task<AuditEventRow?> FindAsync(LoggingConnection connection, Guid id, CancellationToken cancellationToken)
    {
        var dialect = connection.Dialect;
        if (EventIdTimes.Of(id) is var (from, to))
        {
            var byTime = await ReadAsync(connection, AuditSearch.BuildById(id, from, to, dialect), cancellationToken).ConfigureAwait(false);
            if (byTime is not null) return byTime;
        }

        if (await new TextRunsReader(connection).ReadAsync(cancellationToken).ConfigureAwait(false) is not { } runs) return null;
        var conditions = new TextConditions();
        conditions.RequireValue(TextValues.Id, [id.ToString("D")]);
        var finder = new TextCandidateFinder(connection, conditions);
        var candidates = runs.Rest;
        // The rows of a version without the index have ids of the library's own. So reading all of them would find nothing.
        var pending = runs.All.Where(run => run.Pages is null).OrderByDescending(run => run.Latest).Take(MostPending);
        foreach (var some in runs.All.Where(run => run.Pages is not null).Concat(pending).Chunk(RunsAtOnce))
            candidates.AddRange(await finder.FindAsync(some, cancellationToken).ConfigureAwait(false));
        var ranges = candidates.ConvertAll(candidate => candidate.Rows);
        return await ReadAsync(connection, AuditSearch.BuildById(id, ranges, dialect), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<AuditEventRow?> ReadAsync(
        LoggingConnection connection, SqlQuery query, CancellationToken cancellationToken) =>
        (await AuditRowReader.ReadAsync(connection, query, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
}
