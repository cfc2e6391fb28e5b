namespace Zotify.Logging.Database;

/// <summary>The engine where no database is configured: everything throws <see cref="NoDatabaseException"/>. Thread-safe.</summary>
internal sealed class NoEngine : DatabaseEngine
{
    /// <inheritdoc/>
    public override SqlDialect Dialect => throw new NoDatabaseException();

    /// <inheritdoc/>
    public override bool MigratesByItself => false;

    /// <inheritdoc/>
    public override (TimeSpan Busy, TimeSpan Idle) PollInterval => throw new NoDatabaseException();

    /// <inheritdoc/>
    public override CopySupport Copying => throw new NoDatabaseException();

    /// <inheritdoc/>
    public override Task<LoggingConnection> OpenForReadingAsync(CancellationToken cancellationToken) =>
        throw new NoDatabaseException();

    /// <inheritdoc/>
    public override Task<LoggingConnection> OpenForWritingAsync(bool creates, CancellationToken cancellationToken) =>
        throw new NoDatabaseException();

    /// <inheritdoc/>
    public override Task<SchemaState> ReadSchemaAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        throw new NoDatabaseException();

    /// <inheritdoc/>
    public override Task MigrateAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        throw new NoDatabaseException();

    /// <inheritdoc/>
    public override string Script() => throw new NoDatabaseException();

    /// <inheritdoc/>
    public override string? RolesScript() => throw new NoDatabaseException();

    /// <inheritdoc/>
    public override Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) =>
        throw new NoDatabaseException();

    /// <inheritdoc/>
    public override Task EnterComparisonAsync(LoggingConnection connection, string name, CancellationToken cancellationToken) =>
        throw new NoDatabaseException();

    /// <inheritdoc/>
    public override Task EnterRetentionAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        throw new NoDatabaseException();

    /// <inheritdoc/>
    public override Task InsertAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        throw new NoDatabaseException();

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => false;

    /// <inheritdoc/>
    public override bool IsReplaced(LoggingConnection connection) => false;

    /// <inheritdoc/>
    public override bool IsDuplicate(Exception exception) => false;

    /// <inheritdoc/>
    public override bool IsTransient(Exception exception) => false;

    /// <inheritdoc/>
    public override bool IsPermanent(Exception exception) => false;

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
