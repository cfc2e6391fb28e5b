using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>
/// Reads the rows of a search in its order, a step at a time, and compares them. It stops at the end of the log, when its reader has
/// enough, or when its budget is spent; its cursor goes on exactly there. For one search, used by one thread at a time.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="source">Decides which rows are read.</param>
/// <param name="matcher">The filters that the source's query does not have.</param>
/// <param name="budget">How much it may read.</param>
/// <param name="after">The cursor to begin after; <see langword="null"/> for the beginning.</param>
internal sealed class AuditScan(
    LoggingConnection connection, IAuditRowSource source, AuditMatcher matcher, ScanBudget budget, AuditPageCursor? after)
{
    // Small at first, because frequent matches are soon found; larger later, because each step costs a query.
    private const int FirstStep = 256;
    private const int LargestStep = 4_096;

    private int _step = FirstStep;

    /// <summary>The cursor after everything that was compared; <see langword="null"/> at the beginning.</summary>
    public AuditPageCursor? Cursor { get; private set; } = after;

    /// <summary>Whether the end of the log is reached.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether the reader had enough, or the budget is spent.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Reads on to the end, or until it stops.</summary>
    /// <param name="onMatch">Takes a row that matches. Returns false where the reader has enough; the row counts as compared.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Func<AuditEventRow, bool> onMatch, CancellationToken cancellationToken)
    {
        while (!IsAtEnd && !IsStopped) await StepAsync(1, onMatch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads some rows.</summary>
    /// <param name="wanted">How many matches the reader would take.</param>
    /// <param name="onMatch">Takes a row that matches, as in <see cref="RunAsync"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task StepAsync(int wanted, Func<AuditEventRow, bool> onMatch, CancellationToken cancellationToken)
    {
        var compares = !matcher.IsEmpty;
        var most = compares ? Math.Max(wanted, _step) : wanted;
        _step = Math.Min(_step * 2, LargestStep);
        var range = await source.NextAsync(Cursor, most, cancellationToken).ConfigureAwait(false);
        var read = 0;
        await connection.ScanAsync(
            range.Rows,
            columns =>
            {
                var row = AuditRowReader.Of(columns, connection.Dialect);
                read++;
                Cursor = AuditPageCursor.Of(row);
                budget.Spend(AuditEvents.SizeOf(row));
                IsStopped = ((!compares || matcher.Matches(row)) && !onMatch(row)) || (compares && budget.IsSpent);
                return !IsStopped;
            },
            cancellationToken).ConfigureAwait(false);
        if (IsStopped || read == range.Count) return;
        IsAtEnd = range.End is null;
        Cursor = range.End ?? Cursor;
        if (range.Compared == 0 || IsAtEnd) return;
        budget.SpendRows(range.Compared);
        IsStopped = budget.IsSpent;
    }
}
