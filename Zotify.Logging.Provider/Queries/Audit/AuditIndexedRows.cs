using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// The rows of the blocks that may match, by the index of the texts. Blocks follow the journals' numbers and answers follow the times. So a
/// range ends where a block that is not part of it may begin.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="query">The search, with patterns of types expanded.</param>
/// <param name="conditions">What the index knows of the search.</param>
/// <param name="runs">The runs of the index, and the rows that it does not have.</param>
/// <param name="limits">The most that one query of the engine may read.</param>
internal sealed class AuditIndexedRows(
    LoggingConnection connection, AuditQuery query, TextConditions conditions, TextRuns runs, ScanLimits limits) : IAuditRowSource
{
    // Few at first, because frequent matches are soon found; more later, because each query costs a step.
    private const int MostAtOnce = 16;

    // The rows of blocks that are wanted in each query at the full pace, and where it has enough whatever the pace.
    private const int RowsWanted = 1_024;
    private const int RowsEnough = 4_096;

    // A candidate may be a run as a whole. A journal may have fewer rows than its numbers tell.
    private const int MostCounted = 65_536;

    // What reading some pages of a run costs, in rows.
    private const int RowsOfRun = 16;

    private readonly TextCandidateFinder _finder = new(connection, conditions);

    // Each by where its first row may be in the order of the search.
    private readonly PriorityQueue<TextRun, long> _unopened = new();
    private readonly PriorityQueue<TextCandidate, long> _next = new();
    private readonly List<TextCandidate> _open = [];
    private bool _hasBegun;
    private int _atOnce = 1;
    private DateTime? _end;

    // How many rows the engine compares for the last range beside those that it returns.
    private readonly bool _isFiltered = AuditFilters.CountGiven(query) > 0;
    private int _compared;

    // Blocks whose times are far apart would all be open at once.
    private AuditOrderedRows? _byTime;

    /// <inheritdoc/>
    public async Task<AuditRowRange> NextAsync(AuditPageCursor? after, int count, CancellationToken cancellationToken)
    {
        if (_byTime is not null) return await _byTime.NextAsync(after, count, cancellationToken).ConfigureAwait(false);
        if (!_hasBegun) Begin(after);
        // The last range may have more rows than were read.
        var isRead = !_hasBegun || (_end is { } end && after is { } cursor && OrderOf(cursor.Timestamp) >= OrderOf(end));
        _hasBegun = true;
        if (isRead && !await OpenAsync(after, cancellationToken).ConfigureAwait(false))
        {
            _byTime = new AuditOrderedRows(query, connection.Dialect);
            return await _byTime.NextAsync(after, count, cancellationToken).ConfigureAwait(false);
        }

        var rows = AuditSearch.BuildWithin(
            _open.ConvertAll(candidate => candidate.Rows), query, connection.Dialect, after, _end, count);
        return new AuditRowRange(rows, count, _end is { } time ? AuditPageCursor.BeforeAll(time, query.Descending) : null)
        {
            Compared = isRead ? _compared : 0,
        };
    }

    private void Begin(AuditPageCursor? after)
    {
        foreach (var run in runs.All)
        {
            if (IsIn(run.Earliest, run.Latest, after)) _unopened.Enqueue(run, FirstOf(run.Earliest, run.Latest));
        }

        Add(runs.Rest, after);
    }

    /// <summary>
    /// Opens the next candidates, and finds where the others begin. Returns false where too many rows are among those that may be next.
    /// </summary>
    private async Task<bool> OpenAsync(AuditPageCursor? after, CancellationToken cancellationToken)
    {
        if (after is { } cursor) _open.RemoveAll(candidate => LastOf(candidate) < OrderOf(cursor.Timestamp));
        // The engine compares those again that stay open.
        var again = _open.Sum(RowsOf);
        var (opened, looked) = (0, 0);
        for (var added = 0; _next.Count + _unopened.Count > 0;)
        {
            if (!IsWanted(added, opened, looked) && IsAfter(NextBegin(), after)) break;
            if (again + opened + looked > limits.Open) return false;
            if (IsRunNext())
            {
                var some = new List<TextRun>();
                while (some.Count < _atOnce && IsRunNext()) some.Add(_unopened.Dequeue());
                Add(await _finder.FindAsync(some, cancellationToken).ConfigureAwait(false), after);
                looked += some.Count * RowsOfRun;
                // Runs without candidates are the usual case of a rare term.
                if (_next.Count == 0) _atOnce = Math.Min(_atOnce * 2, MostAtOnce);
                continue;
            }

            var next = _next.Dequeue();
            _open.Add(next);
            opened += RowsOf(next);
            added++;
        }

        // Where the engine returns what it compares, the search counts the rows itself.
        _compared = again + looked + (_isFiltered ? opened : 0);
        _atOnce = Math.Min(_atOnce * 2, MostAtOnce);
        _end = NextBegin() is { } begin ? new DateTime(Math.Abs(begin), DateTimeKind.Utc) : null;
        return true;
    }

    private bool IsWanted(int added, int opened, int looked)
    {
        if (opened >= RowsEnough || looked >= RowsEnough) return false;
        return added < _atOnce || (_atOnce == MostAtOnce && opened < RowsWanted);
    }

    private static int RowsOf(TextCandidate candidate) => candidate.Rows.AtMost(MostCounted);

    /// <summary>Where the first of those that are not open may begin.</summary>
    private long? NextBegin()
    {
        if (IsRunNext()) return _unopened.TryPeek(out _, out var run) ? run : null;
        return _next.TryPeek(out _, out var candidate) ? candidate : null;
    }

    // A range that ended before the cursor would go back.
    private bool IsAfter(long? begin, AuditPageCursor? after) => after is not { } cursor || begin > OrderOf(cursor.Timestamp);

    private bool IsRunNext() =>
        _unopened.TryPeek(out _, out var run) && !(_next.TryPeek(out _, out var candidate) && candidate < run);

    private void Add(List<TextCandidate> candidates, AuditPageCursor? after)
    {
        foreach (var candidate in candidates)
        {
            if (IsIn(candidate.Earliest, candidate.Latest, after))
                _next.Enqueue(candidate, FirstOf(candidate.Earliest, candidate.Latest));
        }
    }

    /// <summary>Whether rows of these times may be in the rest of the search.</summary>
    private bool IsIn(DateTime earliest, DateTime latest, AuditPageCursor? after)
    {
        if (latest < query.From?.UtcDateTime || earliest >= query.To?.UtcDateTime) return false;
        if (after is not { } cursor) return true;
        return query.Descending ? earliest <= cursor.Timestamp : latest >= cursor.Timestamp;
    }

    private long OrderOf(DateTime time) => query.Descending ? -time.Ticks : time.Ticks;

    private long FirstOf(DateTime earliest, DateTime latest) => OrderOf(query.Descending ? latest : earliest);

    private long LastOf(TextCandidate candidate) => OrderOf(query.Descending ? candidate.Earliest : candidate.Latest);
}
