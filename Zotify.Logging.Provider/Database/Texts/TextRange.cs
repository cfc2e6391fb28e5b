namespace Zotify.Logging.Database;

/// <summary>Rows of a journal.</summary>
/// <remarks>A class, as <see cref="TextCandidate"/> is, because the runtime compiles each collection of a struct anew.</remarks>
/// <param name="JournalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="FirstSeq">The first number.</param>
/// <param name="LastSeq">The last number.</param>
internal sealed record TextRange(long JournalId, long FirstSeq, long LastSeq)
{
    /// <summary>How many numbers it has, up to a number.</summary>
    public int AtMost(int most) => (int)Math.Min(LastSeq - FirstSeq, most - 1) + 1;

    /// <summary>A table of ranges, which a parameter has.</summary>
    public static string Rows(SqlFilter filter, SqlDialect dialect, IEnumerable<TextRange> ranges)
    {
        var rows = new SqlNumberRows("journal_id", "first_seq", "last_seq");
        foreach (var range in ranges) rows.Add(range.JournalId, range.FirstSeq, range.LastSeq);
        return rows.Table(filter, dialect);
    }
}
