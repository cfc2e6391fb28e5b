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
    public DatabaseEngine Create(string connectionString, string directory, ConnectionTap tap) =>
        new SqliteEngine(connectionString, directory, tap);
}
