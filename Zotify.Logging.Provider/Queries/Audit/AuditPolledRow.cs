using System.Data.Common;
using Zotify.Logging.Database;

namespace Zotify.Logging.Queries;

/// <summary>A row that a poll read.</summary>
/// <param name="RowId">Its number in the table.</param>
/// <param name="JournalId">Its journal, as a row of <c>journals</c>.</param>
/// <param name="Seq">Its number in the journal.</param>
/// <param name="Row">The row itself where it matches, otherwise <see langword="null"/>: of the others nothing is kept.</param>
internal readonly record struct AuditPolledRow(long RowId, long JournalId, long Seq, AuditEventRow? Row)
{
    /// <summary>Reads the current row of a query, and compares it.</summary>
    public static AuditPolledRow Of(DbDataReader columns, SqlDialect dialect, AuditMatcher matcher)
    {
        var row = AuditRowReader.Of(columns, dialect);
        return new AuditPolledRow(row.RowId, row.JournalId, row.Seq, matcher.Matches(row) ? row : null);
    }
}
