using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Zotify.Logging.Common;

namespace Zotify.Logging.Database;

/// <summary>SQLite: one file, one writer at a time; readers never wait (WAL). Thread-safe.</summary>
internal sealed class SqliteEngine : DatabaseEngine
{
    // A transaction's pages must fit the cache (in KiB), or SQLite writes them to the log before its end, and again afterwards. A larger
    // log (in pages of 4 KiB) is copied into the database less often, each page once.
    private const string WriterSettings = "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=4000;";

    private readonly SqliteConnectionStrings _connections;
    private readonly ConnectionTap _tap;
    private volatile bool _wasOpened;

    /// <inheritdoc cref="SqliteConnectionStrings.Parse"/>
    public SqliteEngine(string connectionString, string directory, ConnectionTap tap)
    {
        _connections = SqliteConnectionStrings.Parse(connectionString, directory);
        _tap = tap;
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect { get; } = new SqliteDialect();

    /// <inheritdoc/>
    public override CopySupport Copying { get; } = new SqliteCopySupport();

    /// <inheritdoc/>
    public override bool MigratesByItself => true;

    /// <inheritdoc/>
    // A poll takes some microseconds, and causes no traffic between processes.
    public override (TimeSpan Busy, TimeSpan Idle) PollInterval => (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20));

    /// <inheritdoc/>
    // A page that several rows change is written once in a transaction, however many they are.
    public override int TransactionRows => 8_000;

    /// <inheritdoc/>
    public override async Task<LoggingConnection> OpenForReadingAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(_connections.Reading, cancellationToken).ConfigureAwait(false);
        if (!IsReplaced(connection)) return connection;
        // The pooled connection is older than the file's replacement, and so may be the others of the pool.
        await connection.DisposeAsync().ConfigureAwait(false);
        ClearPool();
        return await OpenAsync(_connections.Reading, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<LoggingConnection?> OpenEmptyAsync(CancellationToken cancellationToken) =>
        SqliteWriteGate.IsKnown(_connections.File) || File.Exists(_connections.File)
            ? Task.FromResult<LoggingConnection?>(null)
            : OpenInMemoryAsync(_tap, hasTables: true, cancellationToken);

    /// <inheritdoc/>
    public override Task<LoggingConnection?> OpenScratchAsync(bool hasTables, CancellationToken cancellationToken) =>
        OpenInMemoryAsync(new ConnectionTap(), hasTables, cancellationToken);

    private async Task<LoggingConnection?> OpenInMemoryAsync(ConnectionTap tap, bool hasTables, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync("Data Source=:memory:", furtherSettings: "", tap, cancellationToken).ConfigureAwait(false);
        try
        {
            if (hasTables) await SqliteMigration.RunAsync(connection, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task<LoggingConnection> OpenForWritingAsync(bool creates, CancellationToken cancellationToken)
    {
        var file = _connections.File;
        SqliteWriteGate.Add(file);
        OwnFile.CreateDirectory(Path.GetDirectoryName(file)!);
        // At the start, and after a failure: idle pooled readers must not keep a deleted or replaced file open.
        ClearPool();
        using (await EnterWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            SqliteFile.RepairIndex(file);
            SqliteCreation.DeleteLeftovers(file);
            if (FileIdentity.OfName(file) is null)
            {
                if (!creates) throw new SchemaBehindException([.. SqliteSchemaScript.All.Select(script => script.Name)]);
                await SqliteCreation.RunAsync(file, OpenAsync, cancellationToken).ConfigureAwait(false);
            }

            SqliteFile.Restrict(file);
            OwnFile.EnsureWritable(file);
        }

        return await OpenAsync(_connections.Writing, WriterSettings, _tap, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<SchemaState> ReadSchemaAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        SqliteHistory.ReadAsync(connection, cancellationToken);

    /// <inheritdoc/>
    public override Task MigrateAsync(LoggingConnection connection, CancellationToken cancellationToken) =>
        SqliteMigration.RunAsync(connection, cancellationToken);

    /// <inheritdoc/>
    public override string Script() => SqliteScript.Make();

    /// <inheritdoc/>
    public override Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) =>
        SqliteWriteGate.EnterAsync(_connections.File, cancellationToken);

    /// <inheritdoc/>
    // SQLite allows only one transaction that writes, from its beginning.
    public override Task EnterComparisonAsync(LoggingConnection connection, string name, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    // SQLite allows only one transaction that writes: a deadlock cannot occur.
    public override Task EnterRetentionAsync(LoggingConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task SyncAsync(LoggingConnection connection, CancellationToken cancellationToken)
    {
        using var turn = await EnterWriteAsync(cancellationToken).ConfigureAwait(false);
        await SqliteSync.RunAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task InsertAsync<TRow>(
        LoggingConnection connection, SqlTable<TRow> table, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        SqliteBulkInsert.Run(connection, table, rows, cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) =>
        exception is SqliteException
        {
            SqliteErrorCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE,
        };

    /// <inheritdoc/>
    public override bool IsReplaced(LoggingConnection connection) => SqliteFile.HasMoved((SqliteConnection)connection.Driver);

    /// <inheritdoc/>
    public override bool IsDuplicate(Exception exception) =>
        exception is SqliteException
        {
            SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY,
        };

    /// <inheritdoc/>
    // SQLite itself waits for locks, and there is no network to fail.
    public override bool IsTransient(Exception exception) => false;

    /// <inheritdoc/>
    public override bool IsPermanent(Exception exception) =>
        exception is SqliteLibraryException or SqliteException
        {
            SqliteErrorCode: raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH,
        };

    /// <inheritdoc/>
    // The last connection removes the write-ahead log when it closes.
    public override void Dispose() => ClearPool();

    private void ClearPool()
    {
        // Without a connection there is nothing to clear, and the native library may be missing.
        if (!_wasOpened) return;
        using var connection = new SqliteConnection(_connections.Reading);
        SqliteConnection.ClearPool(connection);
    }

    private Task<LoggingConnection> OpenAsync(string connectionString, CancellationToken cancellationToken) =>
        OpenAsync(connectionString, furtherSettings: "", _tap, cancellationToken);

    private async Task<LoggingConnection> OpenAsync(
        string connectionString, string furtherSettings, ConnectionTap tap, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(connectionString, tap, cancellationToken).ConfigureAwait(false);
        _wasOpened = true;
        try
        {
            // NORMAL may lose the last whole transactions in a power failure. The journal still has their records, because SyncAsync comes
            // before their deletion, and the checkpoint is lost together with them. SQLite itself retries a lock after milliseconds, the
            // driver only after 150.
            var settings = string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA synchronous=NORMAL; PRAGMA busy_timeout={_connections.BusyTimeout.TotalMilliseconds:F0};{furtherSettings}");
            await connection.ExecuteAsync(SqlQuery.Raw(settings), cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<LoggingConnection> ConnectAsync(
        string connectionString, ConnectionTap tap, CancellationToken cancellationToken)
    {
        try
        {
            return await LoggingConnection.OpenAsync(
                new SqliteConnection(connectionString), Dialect, tap, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (SqliteLibraryException.IsCauseOf(exception))
        {
            throw new SqliteLibraryException(exception);
        }
    }
}
