namespace Zotify.Logging.Database;

/// <summary>Creates the engine of <see cref="DatabaseProvider.Sqlite"/>. Thread-safe.</summary>
internal sealed class SqliteEngineFactory : IDatabaseEngineFactory
{
    /// <inheritdoc/>
    public DatabaseProvider Provider => DatabaseProvider.Sqlite;

    /// <inheritdoc/>
    public string ExampleConnectionString => "Data Source=logs/zotify.db";

    /// <inheritdoc/>
    public string? UnmetRequirement => null;

    /// <inheritdoc/>
    public void Check(string connectionString) => _ = SqliteConnectionStrings.Parse(connectionString, Path.GetTempPath());

    /// <inheritdoc/>
    public DatabaseEngine Create(string connectionString, string contentRoot, ConnectionTap tap) =>
        new SqliteEngine(connectionString, contentRoot, tap);
}
