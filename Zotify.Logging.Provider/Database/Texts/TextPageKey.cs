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

    private static readonly RowColumn<TextPageKey>[] Columns =
    [
        Key("journal_id", key => key.JournalId),
        Key("first_seq", key => key.FirstSeq),
        Key("page", key => key.Page),
    ];

    /// <summary>A table of keys, which a parameter has.</summary>
    public static string Rows(SqlFilter filter, SqlDialect dialect, IEnumerable<TextPageKey> keys) =>
        dialect.JsonRows(filter.Value(SqlJson.Of(keys, Columns)), Columns);

    // Only written.
    private static RowColumn<TextPageKey> Key(string name, Func<TextPageKey, long> get) =>
        RowColumn<TextPageKey>.Int64(name, get, (_, _) => { });
}
