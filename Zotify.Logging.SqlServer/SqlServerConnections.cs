using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.SqlClient;
using Zotify.Logging.Database;

namespace Zotify.Logging.SqlServer;

/// <summary>
/// The connections of one engine. Those that read are kept open for the next query; those that write are few and live long. They are not in
/// the driver's pool, which the application may share, and which keeps connections after the engine's end: a database somebody is connected
/// to can be neither dropped nor restored. Thread-safe.
/// </summary>
/// <param name="settings">The connection string's settings.</param>
/// <param name="dialect">How the engine writes statements.</param>
/// <param name="tap">Its hooks run on operations.</param>
internal sealed class SqlServerConnections(SqlConnectionStringBuilder settings, SqlDialect dialect, ConnectionTap tap) : IDisposable
{
    private const int MaxIdle = 8;

    // A firewall may forget a connection that is idle for minutes.
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(2);

    // Where READ_COMMITTED_SNAPSHOT is off, a reader waits for writers: not much longer than a batch takes.
    private const string ReaderSettings = "SET LOCK_TIMEOUT 5000";

    // A server can be configured not to report how many rows a statement changed, which decides what a writer does next. Statements of a
    // transaction are sent together: one that fails must end the transaction, and with it those after it.
    private const string WriterSettings = "SET NOCOUNT OFF; SET XACT_ABORT ON";

    private readonly string _connectionString =
        new SqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString;

    // 0 means without end, to the driver as well.
    private readonly TimeSpan _patience =
        settings.ConnectTimeout == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(settings.ConnectTimeout);

    private readonly SemaphoreSlim _places = new(settings.MaxPoolSize);
    private readonly ConcurrentStack<(DbConnection Driver, long Since)> _idle = new();
    private volatile bool _isClosed;

    /// <summary>Opens a connection that reads, or returns one that is open.</summary>
    /// <exception cref="TimeoutException">As many connections as the connection string allows are in use.</exception>
    public async Task<LoggingConnection> RentAsync(CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(_patience, cancellationToken).ConfigureAwait(false))
        {
            throw new TimeoutException(
                $"All {settings.MaxPoolSize} connections (Max Pool Size) have been in use for {_patience.TotalSeconds:0} s.");
        }

        while (_idle.TryPop(out var idle))
        {
            if (idle.Driver.State == ConnectionState.Open && Stopwatch.GetElapsedTime(idle.Since) < IdleTime)
                return LoggingConnection.Reuse(idle.Driver, dialect, tap, ReturnAsync);
            await CloseAsync(idle.Driver).ConfigureAwait(false);
        }

        return await OpenAsync(ReaderSettings, ReturnAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a connection that writes.</summary>
    public async Task<LoggingConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(WriterSettings, release: null, cancellationToken).ConfigureAwait(false);
        connection.BeginInserts = driver => driver is SqlConnection sql ? EnlistedTransaction.Begin(sql) : null;
        return connection;
    }

    /// <summary>Closes the connections that nobody uses now. Those in use are closed after their use.</summary>
    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryPop(out var idle)) idle.Driver.Dispose();
    }

    private async Task<LoggingConnection> OpenAsync(
        string settings, Func<LoggingConnection, ValueTask>? release, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(release, cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.ExecuteAsync(SqlQuery.Raw(settings), cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<LoggingConnection> ConnectAsync(Func<LoggingConnection, ValueTask>? release, CancellationToken cancellationToken)
    {
        try
        {
            return await LoggingConnection.OpenAsync(
                new SqlConnection(_connectionString), dialect, tap, cancellationToken, release).ConfigureAwait(false);
        }
        catch (Exception exception) when (DriverFaultException.Is(exception))
        {
            throw new DriverFaultException(exception);
        }
    }

    private async ValueTask ReturnAsync(LoggingConnection connection)
    {
        _places.Release();
        if (connection.HasFailed)
        {
            // The others may have lost their server, too. The next query must not find that out one by one.
            while (_idle.TryPop(out var idle)) await CloseAsync(idle.Driver).ConfigureAwait(false);
        }

        if (connection.HasFailed || _isClosed || !settings.Pooling || _idle.Count >= MaxIdle)
        {
            await CloseAsync(connection.Driver).ConfigureAwait(false);
            return;
        }

        _idle.Push((connection.Driver, Stopwatch.GetTimestamp()));
        // It may have been closed in between.
        if (_isClosed) Dispose();
    }

    private static async ValueTask CloseAsync(DbConnection driver)
    {
        try
        {
            await driver.DisposeAsync().ConfigureAwait(false);
        }
        // A connection that broke is closed, whatever the driver says about it.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
