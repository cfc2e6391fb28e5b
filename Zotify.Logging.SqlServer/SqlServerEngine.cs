using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>SQL Server: one database for the instances on many machines, which write to it at the same time. Thread-safe.</summary>
internal class SqlServerEngine : DatabaseEngine
{
    private static readonly TimeSpan ComparisonPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetentionPatience = TimeSpan.FromMinutes(1);

    private readonly string _connectionString;
    private readonly SqlServerSchema _schema;
    private readonly SqlServerConnections _connections;

    /// <inheritdoc cref="SqlServerConnectionStrings.Parse"/>
    public SqlServerEngine(DatabaseOptions options, ConnectionTap tap, Func<SqlServerSchema, SqlServerDialect>? dialect = null)
    {
        var settings = SqlServerConnectionStrings.Parse(options.ConnectionString);
        _connectionString = settings.ConnectionString;
        _schema = new SqlServerSchema(options.Schema);
        Dialect = dialect?.Invoke(_schema) ?? new SqlServerDialect(_schema);
        _connections = new SqlServerConnections(settings, Dialect, tap);
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
    public override Task<LoggingConnection> OpenForReadingAsync(CancellationToken cancellationToken) =>
        _connections.RentAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<LoggingConnection> OpenForWritingAsync(bool creates, CancellationToken cancellationToken) =>
        _connections.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<SchemaState> ReadSchemaAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        SqlServerHistory.ReadAsync(connection, _schema, cancellationToken);

    /// <inheritdoc/>
    public override Task<string?> CheckSettingsAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        SqlServerSettingsCheck.RunAsync(connection, cancellationToken);

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
    // In the order of the ids, which the inner query makes the order of the locks: two instances that share jobs then wait for each other
    // instead of deadlocking. Nothing is written.
    public override SqlQuery ReserveJobs(string columns, string jobIds) => SqlQuery.Raw(
        $"""
        SELECT {columns}
        FROM (SELECT TOP (100000) job_id FROM {SqlServerDialect.JsonTexts("@ids", "job_id")} AS given ORDER BY job_id) AS ids
        {Dialect.LoopJoin} jobs AS j WITH (UPDLOCK, ROWLOCK) ON j.job_id = ids.job_id
        """,
        Dialect.Parameter("@ids", jobIds));

    /// <inheritdoc/>
    public override async Task EnterComparisonAsync(LoggingConnection connection, string name, CancellationToken cancellationToken)
    {
        // A resource has at most 255 characters; a name has at most 128.
        var resource = _schema.LockName($"zotify_logging_journals_{name}");
        if (!await SqlServerLock.TryAcquireAsync(connection, resource, ComparisonPatience, cancellationToken).ConfigureAwait(false))
            throw new TimeoutException($"Another process has been comparing journals named {name} with the database for a minute.");
    }

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
    public override bool IsDuplicate(Exception exception) => SqlServerErrors.IsDuplicate(exception);

    /// <inheritdoc/>
    public override bool IsTransient(Exception exception) => SqlServerErrors.IsTransient(exception);

    /// <inheritdoc/>
    public override bool IsTimeout(Exception exception) => SqlServerErrors.IsTimeout(exception);

    /// <inheritdoc/>
    public override bool IsPermanent(Exception exception) => SqlServerErrors.IsPermanent(exception);

    /// <inheritdoc/>
    public override void Dispose() => _connections.Dispose();

    private sealed class NoTurn : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
