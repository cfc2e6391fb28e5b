using System.Runtime.CompilerServices;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>
/// Reads and follows the system log by its files, in this process or another: a live stream is a position in a file.
/// Thread-safe.
/// </summary>
public sealed class SystemLogTail
{
    private const int DefaultTail = 100;

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
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IAsyncEnumerable<SystemLogItem> ReadAsync(SystemLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        SystemLogPosition? after = query.After is null ? null : SystemLogPosition.Parse(query.After, "after");
        SystemLogPosition? before = query.Before is null ? null : SystemLogPosition.Parse(query.Before, "before");
        return ReadAsync(query, after, before, cancellationToken);
    }

    private async IAsyncEnumerable<SystemLogItem> ReadAsync(
        SystemLogQuery query, SystemLogPosition? after, SystemLogPosition? before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new SystemLogFilter(query);
        var files = SystemLogFiles.Find(_path);
        var gone = after is { } position && position != SystemLogPosition.Start && files.IndexOf(position.File) < 0;
        if (gone)
        {
            after = SystemLogPosition.Start;
            yield return new SystemLogGap(SystemLogPosition.Start.ToString());
        }

        var tail = query.Tail ?? (query.Since is null && query.Until is null && after is null || before is not null ? DefaultTail : null);
        var start = after ?? SystemLogPosition.Start;
        if (tail is { } count)
        {
            var last = new TailSearch(files, filter).Find(count, after, before, query.Since);
            foreach (var entry in last.Entries) yield return entry;
            start = last.End;
        }

        if (before is not null) yield break;
        var follower = new SystemLogFollower(_path, query, filter, _time);
        await foreach (var item in follower.ReadAsync(start, cancellationToken).ConfigureAwait(false)) yield return item;
    }
}
