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
    private const int RangesAtOnce = 256;

    /// <summary>The event's row; the newest where several have the id; <see langword="null"/> where none has.</summary>
    public static async Task<AuditEventRow?> FindAsync(LoggingConnection connection, Guid id, CancellationToken cancellationToken)
    {
        var dialect = connection.Dialect;
        if (EventIdTimes.Of(id) is var (from, to))
        {
            var byTime = await ReadAsync(connection, AuditSearch.BuildById(id, from, to, dialect), cancellationToken).ConfigureAwait(false);
            if (byTime is not null) return byTime;
        }

        var (runs, gaps, _) = await new TextRunsReader(connection).ReadGapsAsync(cancellationToken).ConfigureAwait(false);
        var conditions = new TextConditions();
        conditions.RequireValue(TextValues.Id, [id.ToString("D")]);
        var finder = new TextCandidateFinder(connection, conditions);
        var ranges = new List<TextRange>();
        // The rows of a version without the index have ids of the library's own. So reading all of them would find nothing.
        var pending = runs.Where(run => run.Pages is null).OrderByDescending(run => run.Latest).Take(MostPending);
        foreach (var some in runs.Where(run => run.Pages is not null).Concat(pending).Chunk(RunsAtOnce))
        {
            var found = await finder.FindAsync(some, cancellationToken).ConfigureAwait(false);
            ranges.AddRange(found.ConvertAll(candidate => candidate.Rows));
        }

        // Each journal that is in use has some rows that no run has: those of many journals take several queries.
        AuditEventRow? newest = null;
        foreach (var some in ranges.Concat(gaps).Chunk(RangesAtOnce))
        {
            var row = await ReadAsync(connection, AuditSearch.BuildById(id, some, dialect), cancellationToken).ConfigureAwait(false);
            if (newest is null || row?.Timestamp > newest.Timestamp) newest = row;
        }

        return newest;
    }

    private static async Task<AuditEventRow?> ReadAsync(
        LoggingConnection connection, SqlQuery query, CancellationToken cancellationToken) =>
        (await AuditRowReader.ReadAsync(connection, query, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
}
