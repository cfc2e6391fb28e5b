using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Database;

/// <summary>Whether a text contains another, without regard to case. SQLite's own LIKE knows the case of no letters but A to Z.</summary>
internal static class SqliteTextFunction
{
    /// <summary>The function's name in queries.</summary>
    public const string Name = "contains_text";

    /// <summary>Makes the function known to the queries of an open connection.</summary>
    public static void AddTo(SqliteConnection connection) => connection.CreateFunction<string?, string, bool>(
        Name, static (text, word) => text is not null && text.Contains(word, StringComparison.OrdinalIgnoreCase), isDeterministic: true);
}
