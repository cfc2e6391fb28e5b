namespace Zotify.Logging.Database;

/// <summary>The key of a row of <c>audit_text_pages</c>.</summary>
/// <remarks>A class, as <see cref="TextCandidate"/> is.</remarks>
/// <param name="JournalId">The journal, as a row of <c>journals</c>.</param>
/// <param name="FirstSeq">The first number of the run.</param>
/// <param name="Page">The number of the page, from 0; <see cref="Times"/> has the times of the blocks.</param>
internal sealed record TextPageKey(long JournalId, long FirstSeq, long Page)
{
    /// <summary>The number of the page that has the times of the blocks.</summary>
    public const int Times = -1;

    /// <summary>A table of keys, which a parameter has.</summary>
    public static string Rows(SqlFilter filter, SqlDialect dialect, IEnumerable<TextPageKey> keys)
    {
        var rows = new SqlNumberRows("journal_id", "first_seq", "page");
        foreach (var key in keys) rows.Add(key.JournalId, key.FirstSeq, key.Page);
        return rows.Table(filter, dialect);
    }
}
