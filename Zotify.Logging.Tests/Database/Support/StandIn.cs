using Microsoft.Data.SqlClient;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// Babelfish, a server that speaks TDS and T-SQL and stands in for SQL Server where there is none. What it cannot do, a test skips there
/// alone: see <see cref="StandInLimitAttribute"/>.
/// </summary>
internal static class StandIn
{
    /// <summary>
    /// From version 7 on, SqlBulkCopy finds the columns of a table by adding up a variable over the rows of a query. Babelfish sets the
    /// variable to the last row's name instead. Where that name is "*", all columns are found. A function with the name of a built-in one
    /// has precedence there.
    /// </summary>
    public const string FindAllColumns = "CREATE FUNCTION dbo.QUOTENAME(@name sysname) RETURNS nvarchar(max) AS BEGIN RETURN N'*' END";

    /// <summary>A limit: times lose their seventh digit.</summary>
    public const string SeventhDigit = "datetime2(7) keeps microseconds there; SQL Server keeps 100 ns.";

    /// <summary>A limit: texts of the columns that are inserted as JSON keep their escapes.</summary>
    public const string JsonEscapes = "OPENJSON gives texts with their JSON escapes there; SQL Server unescapes them.";

    private static readonly Lazy<bool> Found = new(() =>
    {
        if (SqlServerStore.Server is null) return false;
        using var connection = new SqlConnection(SqlServerStore.Server);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT @@VERSION";
        return ((string)command.ExecuteScalar()).Contains("Babelfish", StringComparison.Ordinal);
    });

    /// <summary>Whether the server of the tests is the stand-in.</summary>
    public static bool IsUsed => Found.Value;

    /// <summary>Skips the running test where the server of the tests is the stand-in.</summary>
    /// <param name="reason">What it cannot do, and what SQL Server does.</param>
    public static void Skip(string reason)
    {
        if (IsUsed) Assert.Inconclusive($"Babelfish: {reason}");
    }
}
