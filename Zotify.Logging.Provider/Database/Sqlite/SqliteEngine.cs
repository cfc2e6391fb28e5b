using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;
using Zotify.Logging.Provider.Database.Entities;
using Zotify.Logging.Provider.Database.Sql;

namespace Zotify.Logging.Provider.Database.Sqlite;

/// <summary>SQLite: one file, one writer at a time, readers never wait (WAL). Thread-safe.</summary>
internal sealed class SqliteEngine : DatabaseEngine
{
    private readonly SqliteConnectionStrings _connections;
    private readonly DbContextOptions<SqliteLoggingDbContext> _writing;
    private readonly DbContextOptions<SqliteLoggingDbContext> _reading;

    /// <inheritdoc cref="SqliteConnectionStrings.Parse"/>
    public SqliteEngine(string connectionString, string contentRoot, IInterceptor[] interceptors)
    {
        _connections = SqliteConnectionStrings.Parse(connectionString, contentRoot);
        _writing = Options(_connections.Writing, interceptors);
        _reading = Options(_connections.Reading, interceptors);
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect { get; } = new SqliteDialect();

    /// <inheritdoc/>
    public override TextIndex Texts { get; } = new SqliteTextSearch();

    /// <inheritdoc/>
    public override bool MigratesByItself => true;

    /// <inheritdoc/>
    // A look costs some microseconds, and nothing between two processes.
    public override (TimeSpan Busy, TimeSpan Idle) LookEvery => (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20));

    /// <inheritdoc/>
    public override async Task<LoggingDbContext> OpenForReadingAsync(CancellationToken cancellationToken)
    {
        var context = await OpenAsync(_reading, cancellationToken).ConfigureAwait(false);
        if (!IsReplaced(context)) return context;
        // It was kept for reuse since before the file was replaced, and so were others.
        await context.DisposeAsync().ConfigureAwait(false);
        ClearPool();
        return await OpenAsync(_reading, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<LoggingDbContext> OpenForWritingAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_connections.File)!);
        // At the start, and after a failure: idle readers must not hold on to what caused it.
        ClearPool();
        using (await EnterWriteAsync(cancellationToken).ConfigureAwait(false)) SqliteFile.TendIndex(_connections.File);
        return await OpenAsync(_writing, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task MigrateAsync(LoggingDbContext context, CancellationToken cancellationToken) =>
        SqliteMigration.RunAsync(context, cancellationToken);

    /// <inheritdoc/>
    public override string Script()
    {
        using var context = new SqliteLoggingDbContext(_writing);
        return SqliteScript.Of(context);
    }

    /// <inheritdoc/>
    public override Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) =>
        SqliteWriteGate.EnterAsync(_connections.File, cancellationToken);

    /// <inheritdoc/>
    // A transaction that writes is the only one.
    public override Task ReserveJobsAsync(LoggingDbContext context, string jobIds, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    // And it never waits for another.
    public override Task EnterRetentionAsync(LoggingDbContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task InsertAsync<TRow>(LoggingDbContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        SqliteBulkInsert.Run(context, rows, cancellationToken);
        if (rows is IReadOnlyList<AuditEventRow> events) await SqliteTextIndex.AddAsync(context, events, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE };

    /// <inheritdoc/>
    public override bool IsReplaced(LoggingDbContext context) => SqliteFile.HasMoved((SqliteConnection)context.Database.GetDbConnection());

    /// <inheritdoc/>
    // SQLite itself waits for a lock; and there is no network to lose.
    public override bool IsTransient(Exception exception) => false;

    /// <inheritdoc/>
    // The last connection that closes tidies the write-ahead log away.
    public override void Dispose() => ClearPool();

    private void ClearPool()
    {
        using var connection = new SqliteConnection(_connections.Reading);
        SqliteConnection.ClearPool(connection);
    }

    private static DbContextOptions<SqliteLoggingDbContext> Options(string connectionString, IInterceptor[] interceptors) =>
        new DbContextOptionsBuilder<SqliteLoggingDbContext>()
            .UseSqlite(connectionString)
            // What is logged about the database would be logged to the database.
            .UseLoggerFactory(NullLoggerFactory.Instance)
            .AddInterceptors(interceptors)
            .Options;

    private async Task<LoggingDbContext> OpenAsync(DbContextOptions<SqliteLoggingDbContext> options, CancellationToken cancellationToken)
    {
        var context = new SqliteLoggingDbContext(options);
        try
        {
            // The projector's transaction is all or nothing: no savepoint within it.
            context.Database.AutoSavepointsEnabled = false;
            await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            var command = context.Database.GetDbConnection().CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                // NORMAL may lose the last transactions in a power cut, whole ones: the journal still has them, and the cursor
                // goes back with them. SQLite's own waiting wakes after milliseconds, the driver's after 150.
                command.CommandText = string.Create(
                    CultureInfo.InvariantCulture, $"PRAGMA synchronous=NORMAL; PRAGMA busy_timeout={_connections.BusyTimeout.TotalMilliseconds:F0};");
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            SqliteTextFunction.AddTo((SqliteConnection)context.Database.GetDbConnection());
            return context;
        }
        catch
        {
            await context.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
