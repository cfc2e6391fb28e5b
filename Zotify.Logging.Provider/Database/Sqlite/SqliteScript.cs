using System.Text;
using System.Text.RegularExpressions;

namespace Zotify.Logging.Database;

/// <summary>All scripts as one that may be run again on any version. SQLite has conditions only within statements, such as IF NOT
/// EXISTS.</summary>
internal static partial class SqliteScript
{
    /// <summary>The script, in one transaction.</summary>
    /// <exception cref="NotSupportedException">A script has a statement that cannot be repeated.</exception>
    public static string Make()
    {
        var text = new StringBuilder($"PRAGMA journal_mode=WAL;\n\nBEGIN IMMEDIATE;\n\n{SqliteHistory.CreateTable}\n\n");
        foreach (var script in SqliteSchemaScript.All)
        {
            var statements = StatementStart().Replace(script.ReadText(), Repeatable);
            text.Append(statements).Append('\n').Append(SqliteHistory.Record(script.Name)).Append("\n\n");
        }

        return text.Append("COMMIT;\n").ToString();
    }

    private static string Repeatable(Match statement) => statement.Value switch
    {
        "CREATE TABLE " or "CREATE VIRTUAL TABLE " or "CREATE INDEX " or "CREATE UNIQUE INDEX " or "CREATE TRIGGER " =>
            $"{statement.Value}IF NOT EXISTS ",
        "DROP INDEX " => "DROP INDEX IF EXISTS ",
        "INSERT INTO " => "INSERT OR IGNORE INTO ",
        _ => throw new NotSupportedException($"'{statement.Value}' cannot be repeated."),
    };

    // Statements begin at the start of a line. Their other lines do not begin with an upper-case word, except these.
    [GeneratedRegex(
        "^(?:CREATE (?:UNIQUE |VIRTUAL )?(?:TABLE|INDEX|TRIGGER) |(?!VALUES)[A-Z]+ (?:INTO |TABLE |INDEX )?)", RegexOptions.Multiline)]
    private static partial Regex StatementStart();
}
