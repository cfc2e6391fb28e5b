namespace Zotify.Logging.Database;

/// <summary>Creates the engine of <see cref="DatabaseProvider.Sqlite"/>. Thread-safe.</summary>
internal sealed class SqliteEngineFactory : IDatabaseEngineFactory
{
    /// <inheritdoc/>
    public DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <inheritdoc/>
    public string ExampleConnectionString => "Data Source=zotify.db";

    /// <inheritdoc/>
    public string? UnmetRequirement => null;

    /// <inheritdoc/>
    public void Check(string connectionString) => _ = SqliteConnectionStrings.Parse(connectionString, Path.GetTempPath());

    /// <inheritdoc/>
    public string? SchemaError(string? schema) => schema is null
        ? null
        : "SQLite has no schemas; remove the setting, or set Database:Provider to SqlServer";

    /// <inheritdoc/>
    public DatabaseEngine Create(DatabaseOptions options, string directory, ConnectionTap tap) =>
        new SqliteEngine(options.ConnectionString, directory, tap);
}
