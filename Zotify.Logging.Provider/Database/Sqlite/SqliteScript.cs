using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>The migrations as a script that may be run again. EF Core writes none for SQLite, which knows no conditions but those of a statement.</summary>
internal static partial class SqliteScript
{
    /// <summary>The script, in one transaction.</summary>
    /// <exception cref="NotSupportedException">A migration has a statement that cannot be repeated.</exception>
    public static string Of(LoggingDbContext context)
    {
        var script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);
        return $"PRAGMA journal_mode=WAL;\n\nBEGIN IMMEDIATE;\n\n{StatementStart().Replace(script.ReplaceLineEndings("\n"), Repeatable)}COMMIT;\n";
    }

    private static string Repeatable(Match statement) => statement.Value switch
    {
        "CREATE TABLE " or "CREATE VIRTUAL TABLE " or "CREATE INDEX " or "CREATE UNIQUE INDEX " or "CREATE TRIGGER " => $"{statement.Value}IF NOT EXISTS ",
        "DROP INDEX " => "DROP INDEX IF EXISTS ",
        "CREATE TABLE IF NOT EXISTS " => statement.Value,
        "INSERT INTO " => "INSERT OR IGNORE INTO ",
        _ => throw new NotSupportedException($"'{statement.Value}' cannot be repeated."),
    };

    // Statements begin at the start of a line, and their continuations do not begin with an upper-case word but these.
    [GeneratedRegex("^(?:CREATE (?:UNIQUE |VIRTUAL )?(?:TABLE|INDEX|TRIGGER) (?:IF NOT EXISTS )?|(?!VALUES)[A-Z]+ (?:INTO |TABLE |INDEX )?)", RegexOptions.Multiline)]
    private static partial Regex StatementStart();
}
