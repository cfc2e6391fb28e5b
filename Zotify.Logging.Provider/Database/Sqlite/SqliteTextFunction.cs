using Microsoft.Data.Sqlite;

namespace Zotify.Logging.Database;

/// <summary>Whether a text contains another, ignoring case. SQLite's own LIKE knows the case of the letters A to Z only.</summary>
internal static class SqliteTextFunction
{
    /// <summary>The function's name in queries.</summary>
    public const string Name = "contains_text";

    /// <summary>Adds the function to an open connection.</summary>
    public static void AddTo(SqliteConnection connection) => connection.CreateFunction<string?, string, bool>(
        Name, static (text, term) => text is not null && text.Contains(term, StringComparison.OrdinalIgnoreCase), isDeterministic: true);
}
