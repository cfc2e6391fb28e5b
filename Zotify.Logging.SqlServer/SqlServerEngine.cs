using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>SQL Server: one database for the instances on many machines, which write to it at the same time. Thread-safe.</summary>
internal class SqlServerEngine : DatabaseEngine
{
    private static readonly TimeSpan RetentionPatience = TimeSpan.FromMinutes(1);

    private readonly string _connectionString;
    private readonly SqlServerSchema _schema;
    private readonly ConnectionTap _tap;

    /// <inheritdoc cref="SqlServerConnectionStrings.Parse"/>
    public SqlServerEngine(DatabaseOptions options, ConnectionTap tap)
    {
        _connectionString = SqlServerConnectionStrings.Parse(options.ConnectionString);
        _schema = new SqlServerSchema(options.Schema);
        Dialect = new SqlServerDialect(_schema);
        _tap = tap;
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect { get; }

    /// <inheritdoc/>
    public override CopySupport Copying { get; } = new SqlServerCopySupport();

    /// <inheritdoc/>
    // The login that writes rows may not be allowed to create tables.
    public override bool MigratesByItself => false;

    /// <inheritdoc/>
    public override (TimeSpan Busy, TimeSpan Idle) PollInterval => (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500));

    /// <inheritdoc/>
    public override Task<LoggingConnection> OpenForReadingAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<LoggingConnection> OpenForWritingAsync(bool creates, CancellationToken cancellationToken) =>
        OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<SchemaState> ReadSchemaAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        SqlServerHistory.ReadAsync(connection, _schema, cancellationToken);

    /// <inheritdoc/>
    public override Task MigrateAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        SqlServerMigration.RunAsync(connection, _schema, _connectionString, cancellationToken);

    /// <inheritdoc/>
    public override string Script() => SqlServerMigration.Script(_schema, _connectionString);

    /// <inheritdoc/>
    public override string? RolesScript() => SqlServerRights.Script(_schema);

    /// <inheritdoc/>
    public override Task EnsureRightsAsync(LoggingConnection connection, DatabaseUse use, CancellationToken cancellationToken) =>
        SqlServerRights.EnsureAsync(connection, _schema, use, cancellationToken);

    /// <inheritdoc/>
    // The server allows many writers, and resolves conflicts over a row.
    public override Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) => Task.FromResult<IDisposable>(new NoTurn());

    /// <inheritdoc/>
    // Locks the rows by an update that changes nothing. Not every server follows locking hints.
    public override Task ReserveJobsAsync(LoggingConnection connection, string jobIds, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            SqlQuery.Raw(
                $"UPDATE jobs SET entries = entries WHERE {Dialect.InJson("job_id", "@ids")}", Dialect.Parameter("@ids", jobIds)),
            cancellationToken);

    /// <inheritdoc/>
    public override async Task EnterRetentionAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync($"SET DEADLOCK_PRIORITY LOW", cancellationToken).ConfigureAwait(false);
        if (!await SqlServerLock.TryAcquireAsync(
            connection, _schema.LockName("zotify_logging_retention"), RetentionPatience, cancellationToken).ConfigureAwait(false))
            throw new TimeoutException("Another process has been deleting old rows for a minute.");
    }

    /// <inheritdoc/>
    public override Task InsertAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        SqlServerBulkInsert.RunAsync(connection, table, rows, cancellationToken);

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => SqlServerErrors.IsRefusal(exception);

    /// <inheritdoc/>
    public override bool IsReplaced(LoggingConnection connection) => false;

    /// <inheritdoc/>
    public override bool IsTransient(Exception exception) => SqlServerErrors.IsTransient(exception);

    /// <inheritdoc/>
    public override bool IsPermanent(Exception exception) => SqlServerErrors.IsPermanent(exception);

    /// <inheritdoc/>
    public override void Dispose()
    {
        using var connection = new SqlConnection(_connectionString);
        SqlConnection.ClearPool(connection);
    }

    private Task<LoggingConnection> OpenAsync(CancellationToken cancellationToken) =>
        LoggingConnection.OpenAsync(new SqlConnection(_connectionString), Dialect, _tap, cancellationToken);

    private sealed class NoTurn : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
