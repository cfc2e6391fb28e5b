using System.Text;
using System.Text.RegularExpressions;

namespace Zotify.Logging.Database;

/// <summary>All scripts as one that may be run again on any version. SQLite has conditions only within statements, such as IF NOT
/// EXISTS.</summary>
internal static partial class SqliteScript
{
    private const string StatementEnd = "\n\n";

    /// <summary>The script, in one transaction.</summary>
    /// <exception cref="NotSupportedException">A script has a statement that cannot be repeated.</exception>
    public static string Make()
    {
        var text = new StringBuilder($"PRAGMA journal_mode=WAL;\n\nBEGIN IMMEDIATE;\n\n{SqliteHistory.CreateTable}\n\n");
        var scripts = SqliteSchemaScript.All.Select(script => (script.Name, Text: script.ReadText())).ToArray();
        foreach (var (at, (name, script)) in scripts.Index())
        {
            // What a later script drops is not made first: it may be the index of ten million rows. Where it exists, it is dropped.
            var dropped = scripts.Skip(at + 1).SelectMany(later => Dropped().Matches(later.Text)).Select(NameOf)
                .ToHashSet(StringComparer.Ordinal);
            var kept = script.Split(StatementEnd).Where(statement =>
                !dropped.Contains(NameOf(Made().Match(statement))) && !dropped.Contains(NameOf(Indexed().Match(statement))));
            var statements = StatementStart().Replace(string.Join(StatementEnd, kept), Repeatable);
            text.Append(statements).Append('\n').Append(SqliteHistory.Record(name)).Append(StatementEnd);
        }

        return text.Append("COMMIT;\n").ToString();
    }

    private static string NameOf(Match statement) => statement.Groups[1].Value;

    private static string Repeatable(Match statement) => statement.Value switch
    {
        "CREATE TABLE " or "CREATE VIRTUAL TABLE " or "CREATE INDEX " or "CREATE UNIQUE INDEX " or "CREATE TRIGGER " =>
            $"{statement.Value}IF NOT EXISTS ",
        "DROP INDEX " or "DROP TABLE " or "DROP TRIGGER " => $"{statement.Value}IF EXISTS ",
        "INSERT INTO " => "INSERT OR IGNORE INTO ",
        _ => throw new NotSupportedException($"'{statement.Value}' cannot be repeated."),
    };

    // Statements begin at the start of a line. Their other lines do not begin with an upper-case word, except these.
    [GeneratedRegex(
        "^(?:CREATE (?:UNIQUE |VIRTUAL )?(?:TABLE|INDEX|TRIGGER) |(?!VALUES)[A-Z]+ (?:INTO |TABLE |INDEX |TRIGGER )?)",
        RegexOptions.Multiline)]
    private static partial Regex StatementStart();

    [GeneratedRegex("^DROP (?:TABLE|INDEX|TRIGGER) \"?(\\w+)", RegexOptions.Multiline)]
    private static partial Regex Dropped();

    // What a statement makes or fills.
    [GeneratedRegex("^(?:CREATE (?:UNIQUE |VIRTUAL )?(?:TABLE|INDEX|TRIGGER)|INSERT INTO) \"?(\\w+)", RegexOptions.Multiline)]
    private static partial Regex Made();

    // The table of an index, with which it is dropped.
    [GeneratedRegex("^CREATE (?:UNIQUE )?INDEX \\S+ ON \"?(\\w+)", RegexOptions.Multiline)]
    private static partial Regex Indexed();
}
