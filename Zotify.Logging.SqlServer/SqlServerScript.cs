using System.Text.RegularExpressions;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// Wraps the statements of <c>database script</c>, so that whoever runs them, in whatever tool, gets all of them or none: one transaction,
/// which only one migration at a time can be in. A tool goes on with the next batch after an error, outside of the transaction that the
/// error ended. So every statement first asks whether the transaction is still there.
/// </summary>
internal static partial class SqlServerScript
{
    private const string LockName = "(lock)";

    private const string Begin =
        $"""
        SET XACT_ABORT ON;
        SET NOCOUNT ON;
        GO

        BEGIN TRANSACTION;
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = N'{LockName}', @LockMode = N'Exclusive',
            @LockOwner = N'Transaction', @LockTimeout = 300000;
        IF @result < 0
        BEGIN
            ROLLBACK TRANSACTION;
            RAISERROR (N'Another process has been migrating the database for five minutes. Nothing was changed.', 16, 1);
        END;
        GO


        """;

    private const string End =
        """
        IF @@TRANCOUNT > 0
        BEGIN
            COMMIT TRANSACTION;
            PRINT N'The tables are of this version.';
        END
        ELSE
        BEGIN
            RAISERROR (N'A statement failed, and nothing was changed: see the first error.', 16, 1);
        END;
        GO

        """;

    /// <summary>Wraps statements that each begin with a condition.</summary>
    /// <param name="lockName">The name of the lock that migrations acquire.</param>
    /// <param name="statements">The statements.</param>
    public static string InOneTransaction(string lockName, string statements) =>
        Begin.Replace(LockName, lockName, StringComparison.Ordinal)
        + Condition().Replace(statements.ReplaceLineEndings("\n").TrimEnd() + "\n\n", "IF @@TRANCOUNT > 0 AND ") + End;

    // At the start of a line: conditions inside of a statement are indented.
    [GeneratedRegex("^IF (?=NOT EXISTS|EXISTS|OBJECT_ID|SCHEMA_ID)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Condition();
}
