using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// As <see cref="SqlServerEngineFactory"/>, but detects the stand-in for SQL Server: see <see cref="StandInEngine"/>.
/// </summary>
internal sealed class TestEngineFactory : IDatabaseEngineFactory
{
    private static readonly SqlServerEngineFactory Real = new();

    private static readonly Lazy<bool> Stands = new(() =>
    {
        if (SqlServerStore.Server is null) return false;
        using var connection = new SqlConnection(SqlServerStore.Server);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT @@VERSION";
        return ((string)command.ExecuteScalar()).Contains("Babelfish", StringComparison.Ordinal);
    });

    /// <summary>Whether the server of the tests is the stand-in.</summary>
    public static bool IsStandIn => Stands.Value;

    public DatabaseProvider Provider => Real.Provider;

    public string ExampleConnectionString => Real.ExampleConnectionString;

    public string? UnmetRequirement => Real.UnmetRequirement;

    public void Check(string connectionString) => Real.Check(connectionString);

    public string? SchemaError(string? schema) => Real.SchemaError(schema);

    public DatabaseEngine Create(DatabaseOptions options, string directory, ConnectionTap tap) =>
        IsStandIn ? new StandInEngine(options, tap) : Real.Create(options, directory, tap);
}
