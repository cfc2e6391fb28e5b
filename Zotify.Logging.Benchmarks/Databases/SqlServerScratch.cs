using System.Globalization;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>A database on a SQL Server, created for a measure and dropped after it.</summary>
internal sealed class SqlServerScratch : IDisposable
{
    /// <summary>The environment variable with the connection string of a server.</summary>
    public const string Variable = "ZOTIFY_TEST_SQLSERVER";

    // The stand-in for SQL Server does not find the columns of a table for a bulk insert without it: see StandIn in the tests.
    private const string FindAllColumns = "CREATE FUNCTION dbo.QUOTENAME(@name sysname) RETURNS nvarchar(max) AS BEGIN RETURN N'*' END";

    private readonly string _name =
        $"zotify_measure_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture)}";

    public SqlServerScratch()
    {
        Execute("master", $"CREATE DATABASE [{_name}]");
        using var connection = Connect("master");
        using var version = connection.CreateCommand();
        version.CommandText = "SELECT @@VERSION";
        if (((string)version.ExecuteScalar()).Contains("Babelfish", StringComparison.Ordinal)) Execute(_name, FindAllColumns);
    }

    /// <summary>The server's connection string; <see langword="null"/> where none is given.</summary>
    public static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    /// <summary>The connection string of the database.</summary>
    public string ConnectionString => StringOf(_name);

    /// <summary>Opens it as the product does; its tables are created at the first use.</summary>
    public LoggingDatabase Open() => new(
        new DatabaseOptions { Provider = DatabaseProvider.SqlServer, ConnectionString = ConnectionString, MigrateOnStart = true },
        Path.GetTempPath(),
        [new SqlServerEngineFactory()]);

    public void Dispose() => Execute("master", $"DROP DATABASE [{_name}]");

    private static string StringOf(string database) =>
        new SqlConnectionStringBuilder(Server) { InitialCatalog = database, Pooling = false }.ConnectionString;

    private static SqlConnection Connect(string database)
    {
        var connection = new SqlConnection(StringOf(database));
        connection.Open();
        return connection;
    }

    private static void Execute(string database, string sql)
    {
        using var connection = Connect(database);
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
