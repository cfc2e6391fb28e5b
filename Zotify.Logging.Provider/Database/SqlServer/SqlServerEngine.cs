using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Zotify.Logging.Provider.Database.Sql;

namespace Zotify.Logging.Provider.Database.SqlServer;

/// <summary>SQL Server: one database for the instances of many machines, which write to it at the same time. Thread-safe.</summary>
internal sealed class SqlServerEngine : DatabaseEngine
{
    private static readonly TimeSpan RetentionPatience = TimeSpan.FromMinutes(1);

    private readonly string _connectionString;
    private readonly DbContextOptions<SqlServerLoggingDbContext> _options;

    /// <inheritdoc cref="SqlServerConnectionStrings.Parse"/>
    public SqlServerEngine(string connectionString, IInterceptor[] interceptors)
    {
        _connectionString = SqlServerConnectionStrings.Parse(connectionString);
        _options = new DbContextOptionsBuilder<SqlServerLoggingDbContext>()
            .UseSqlServer(_connectionString)
            // What is logged about the database would be logged to the database.
            .UseLoggerFactory(NullLoggerFactory.Instance)
            .AddInterceptors(interceptors)
            .Options;
    }

    /// <inheritdoc/>
    public override SqlDialect Dialect { get; } = new SqlServerDialect();

    /// <inheritdoc/>
    // Who may write rows need not be who may make tables.
    public override bool MigratesByItself => false;

    /// <inheritdoc/>
    public override (TimeSpan Busy, TimeSpan Idle) LookEvery => (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500));

    /// <inheritdoc/>
    public override Task<LoggingDbContext> OpenForReadingAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<LoggingDbContext> OpenForWritingAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task MigrateAsync(LoggingDbContext context, CancellationToken cancellationToken) =>
        SqlServerMigration.RunAsync(context, cancellationToken);

    /// <inheritdoc/>
    public override string Script()
    {
        using var context = new SqlServerLoggingDbContext(_options);
        return context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
    }

    /// <inheritdoc/>
    // The server lets everybody write, and tells those apart who meet at a row.
    public override Task<IDisposable> EnterWriteAsync(CancellationToken cancellationToken) => Task.FromResult<IDisposable>(new NoTurn());

    /// <inheritdoc/>
    // By a change that changes nothing: hints would say it, but not to every server.
    public override Task ReserveJobsAsync(LoggingDbContext context, string jobIds, CancellationToken cancellationToken)
    {
        var reserve = $"UPDATE jobs SET entries = entries WHERE {Dialect.InJson("job_id", "@ids")}";
        return context.Database.ExecuteSqlRawAsync(reserve, [Dialect.Parameter("@ids", jobIds)], cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task EnterRetentionAsync(LoggingDbContext context, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlRawAsync("SET DEADLOCK_PRIORITY LOW", cancellationToken).ConfigureAwait(false);
        if (!await SqlServerLock.TryTakeAsync(context, "zotify_logging_retention", RetentionPatience, cancellationToken).ConfigureAwait(false))
            throw new TimeoutException("Another process has been deleting old rows for a minute.");
    }

    /// <inheritdoc/>
    public override Task InsertAsync<TRow>(LoggingDbContext context, IReadOnlyList<TRow> rows, CancellationToken cancellationToken) =>
        SqlServerBulkInsert.RunAsync(context, rows, cancellationToken);

    /// <inheritdoc/>
    public override bool IsRefusal(Exception exception) => SqlServerErrors.IsRefusal(exception);

    /// <inheritdoc/>
    public override bool IsReplaced(LoggingDbContext context) => false;

    /// <inheritdoc/>
    public override bool IsTransient(Exception exception) => SqlServerErrors.IsTransient(exception);

    /// <inheritdoc/>
    public override void Dispose()
    {
        using var connection = new SqlConnection(_connectionString);
        SqlConnection.ClearPool(connection);
    }

    private async Task<LoggingDbContext> OpenAsync(CancellationToken cancellationToken)
    {
        var context = new SqlServerLoggingDbContext(_options);
        try
        {
            // The projector's transaction is all or nothing: no savepoint within it.
            context.Database.AutoSavepointsEnabled = false;
            await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return context;
        }
        catch
        {
            await context.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private sealed class NoTurn : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
