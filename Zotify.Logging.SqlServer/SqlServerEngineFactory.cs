using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>Creates the engine of <see cref="DatabaseProvider.SqlServer"/>. Thread-safe.</summary>
internal sealed class SqlServerEngineFactory : IDatabaseEngineFactory
{
    /// <inheritdoc/>
    public DatabaseProvider Provider => DatabaseProvider.SqlServer;

    /// <inheritdoc/>
    public string ExampleConnectionString => "Server=…;Database=zotify;User Id=…;Password=…";

    /// <inheritdoc/>
    public string? UnmetRequirement => GlobalizationIsInvariant()
        ? "its driver does not run with invariant globalization; set InvariantGlobalization to false in the application's project"
        : null;

    /// <inheritdoc/>
    public void Check(string connectionString) => _ = SqlServerConnectionStrings.Parse(connectionString);

    /// <inheritdoc/>
    public string? SchemaError(string? schema) => SqlServerSchema.ErrorOf(schema);

    /// <inheritdoc/>
    public DatabaseEngine Create(DatabaseOptions options, string directory, ConnectionTap tap) => new SqlServerEngine(options, tap);

    private static bool GlobalizationIsInvariant() =>
        (AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant) && invariant)
        || Environment.GetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT") is "1" or "true";
}
