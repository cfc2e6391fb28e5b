using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>A range of the audit log, in the order of a search, and the rows of it that may match.</summary>
/// <param name="Rows">The query of these rows, in order: the columns of <see cref="AuditRowReader"/>.</param>
/// <param name="Count">
/// The most rows that the query returns, at least 1. Where it returns as many, the search goes on after the last of them.
/// </param>
/// <param name="End">
/// Where the range ends, if the query returns fewer rows: none from the last of them up to here can match. <see langword="null"/> for the
/// end of the log.
/// </param>
internal sealed record AuditRowRange(SqlQuery Rows, int Count, AuditPageCursor? End)
{
    /// <summary>How many rows the engine compares for the range, although it does not return them.</summary>
    public int Compared { get; init; }

    /// <summary>
    /// Whether a row meets the conditions of the search that neither the query nor its matcher has; <see langword="null"/> where there are
    /// none.
    /// </summary>
    public Func<AuditEventRow, bool>? Compare { get; init; }
}
