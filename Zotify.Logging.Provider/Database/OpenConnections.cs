namespace Zotify.Logging.Database;

/// <summary>
/// The connections of a database that are in use, so that its end waits for them: a server refuses to drop or to restore a database
/// somebody is connected to. Thread-safe.
/// </summary>
internal sealed class OpenConnections
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly ManualResetEventSlim _none = new(initialState: true);
    private int _count;

    /// <summary>Cancelled when nobody may keep a connection any longer.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Counts a connection as in use until it is released. Returns it.</summary>
    public LoggingConnection Add(LoggingConnection connection)
    {
        connection.Released = Remove;
        lock (_gate)
        {
            if (++_count == 1) _none.Reset();
        }

        return connection;
    }

    /// <summary>Cancels <see cref="Closing"/>, then waits until no connection is in use, or for <paramref name="patience"/>.</summary>
    public void Close(TimeSpan patience)
    {
        _closing.Cancel();
        _none.Wait(patience);
    }

    private void Remove()
    {
        lock (_gate)
        {
            if (--_count == 0) _none.Set();
        }
    }
}
