using Zotify.Logging.Database;
using Zotify.Logging.SqlServer;

namespace Zotify.Logging.Tests.Database.Support;

/// <summary>As <see cref="SqlServerEngineFactory"/>, but creates a <see cref="StandInEngine"/> for the stand-in for SQL Server.</summary>
/// <param name="refuses">Whether the database refuses rows.</param>
internal sealed class TestEngineFactory(Func<bool>? refuses = null) : IDatabaseEngineFactory
{
    private static readonly SqlServerEngineFactory Real = new();

    public DatabaseProvider Provider => Real.Provider;

    public string ExampleConnectionString => Real.ExampleConnectionString;

    public string? UnmetRequirement => Real.UnmetRequirement;

    public void Check(string connectionString) => Real.Check(connectionString);

    public string? SchemaError(string? schema) => Real.SchemaError(schema);

    public DatabaseEngine Create(DatabaseOptions options, string directory, ConnectionTap tap) =>
        StandIn.IsUsed ? new StandInEngine(options, tap, refuses ?? (() => false)) : Real.Create(options, directory, tap);
}
