namespace Zotify.Logging.Provider.Queries;

/// <summary>Reads and follows the system log by its files, in this process or another. Thread-safe.</summary>
public sealed class SystemLogTail
{
    private readonly string _path;
    private readonly TimeProvider _time;

    /// <param name="path">The absolute path of the active file.</param>
    /// <param name="time">The clock of polling and heartbeats.</param>
    internal SystemLogTail(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
    }

    /// <summary>Reads the entries that match, oldest first, and goes on with new ones while <see cref="SystemLogQuery.Follow"/> is set.</summary>
    /// <exception cref="InvalidPositionException">A position of the query was not made by this class.</exception>
    public IAsyncEnumerable<SystemLogItem> ReadAsync(SystemLogQuery query, CancellationToken cancellationToken) =>
        throw new NotImplementedException(_path + _time);
}
