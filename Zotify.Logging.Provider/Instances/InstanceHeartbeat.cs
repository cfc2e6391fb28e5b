using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Instances;

/// <summary>
/// Writes every 10 seconds that this instance is alive, while at least one handler projects. A database that is down disturbs nothing: the
/// next beat tries again, and the projectors report it. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="instance">The name of this writer.</param>
/// <param name="version">The version of its program.</param>
/// <param name="time">The clock.</param>
internal sealed class InstanceHeartbeat(LoggingDatabase database, string instance, string? version, TimeProvider time)
{
    // A database that does not answer must not delay the end of an application longer than this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private CancellationTokenSource? _stop;
    private Task _loop = Task.CompletedTask;
    private int _users;

    // Used only by the loop, and after its end.
    private LoggingConnection? _connection;
    private InstanceRow? _run;
    private DateTime? _beatAt;

    /// <summary>Runs after each beat, on its connection. An exception only ends that connection.</summary>
    public Func<LoggingConnection, DateTimeOffset, CancellationToken, Task>? Beaten { get; set; }

    /// <summary>A handler begins to project. The first one begins the beats, in the background.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (_users++ > 0) return;
            var stop = _stop = new CancellationTokenSource();
            var started = time.GetUtcNow().UtcDateTime;
            _run = new InstanceRow
            {
                Instance = ColumnText.Fit(instance, ColumnLengths.Instance),
                StartedAt = started,
                SeenAt = started,
                Version = version is null ? null : ColumnText.Fit(version, ColumnLengths.Name),
            };
            _beatAt = null;
            // The loop outlives its caller: it must not keep the caller's scopes and activity.
            using (ExecutionContext.SuppressFlow()) _loop = Task.Run(() => RunAsync(_run, stop.Token));
        }
    }

    /// <summary>A handler has stopped to project. The last one writes that the instance has stopped, if the database answers.</summary>
    /// <param name="deadline">Ends the wait. The row then shows the last beat.</param>
    public async Task LeaveAsync(CancellationToken deadline)
    {
        CancellationTokenSource stop;
        lock (_gate)
        {
            if (--_users > 0) return;
            stop = _stop!;
        }

        await stop.CancelAsync().ConfigureAwait(false);
        using var patience = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(deadline, patience.Token);
        await _loop.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A statement that the server does not answer: its connection closes with the database.
        if (!_loop.IsCompleted) return;
        stop.Dispose();
        try
        {
            // Not connected: the last beat failed, and so would this.
            if (_connection is null) return;
            _run!.SeenAt = time.GetUtcNow().UtcDateTime;
            using var turn = await database.EnterWriteAsync(limit.Token).ConfigureAwait(false);
            await InstanceTable.StopAsync(_connection, _run, limit.Token).ConfigureAwait(false);
        }
        // Whatever fails: the others will find out that the instance is gone.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task RunAsync(InstanceRow run, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var next = Task.Delay(InstanceState.BeatInterval, time, stopping);
            try
            {
                await BeatAsync(run, stopping).ConfigureAwait(false);
            }
            // Whatever fails, in the driver or in the database: the next beat opens another connection.
#pragma warning disable CA1031
            catch (Exception)
#pragma warning restore CA1031
            {
                if (!stopping.IsCancellationRequested) await CloseAsync().ConfigureAwait(false);
            }

            await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task BeatAsync(InstanceRow run, CancellationToken stopping)
    {
        if (_connection is { } open && (open.HasFailed || database.IsReplaced(open))) await CloseAsync().ConfigureAwait(false);
        var connection = _connection ??= await database.OpenForWritingAsync(stopping).ConfigureAwait(false);
        var now = time.GetUtcNow();
        run.SeenAt = now.UtcDateTime;
        using (await database.EnterWriteAsync(stopping).ConfigureAwait(false))
        {
            await InstanceTable.BeatAsync(connection, run, isFirst: _beatAt is null, stopping).ConfigureAwait(false);
            // Others may have ended its jobs while they could not see it.
            if (_beatAt is { } last && run.SeenAt - last >= InstanceState.GoneAfter
                && await InstanceTable.ReclaimJobsAsync(connection, run, stopping).ConfigureAwait(false) > 0)
                database.Commits.Set();
        }

        _beatAt = run.SeenAt;
        if (Beaten is { } beaten) await beaten(connection, now, stopping).ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is null) return;
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        // A connection that failed may fail to close, too.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
