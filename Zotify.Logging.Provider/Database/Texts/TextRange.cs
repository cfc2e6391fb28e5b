namespace Zotify.Logging.Database;

/// <summary>Rows of a journal.</summary>
/// <param name="JournalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="FirstSeq">The first number.</param>
/// <param name="LastSeq">The last number.</param>
internal readonly record struct TextRange(long JournalId, long FirstSeq, long LastSeq)
{
    private static readonly SqlColumn<TextRange>[] Columns =
    [
        new("journal_id", typeof(long), range => range.JournalId),
        new("first_seq", typeof(long), range => range.FirstSeq),
        new("last_seq", typeof(long), range => range.LastSeq),
    ];

    /// <summary>A table of ranges, which a parameter has.</summary>
    public static string Rows(SqlFilter filter, SqlDialect dialect, IEnumerable<TextRange> ranges) =>
        dialect.JsonRows(filter.Value(SqlJson.Of(ranges, Columns)), Columns);
}
