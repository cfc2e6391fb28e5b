using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>The flushing writers by their names.</summary>
internal static class FlushingWriters
{
    /// <summary>This project: a log call, then <c>await FlushAsync(FlushTo.Disk)</c>.</summary>
    public const string Ours = "Zotify, call and flush";

    /// <summary>A thread that appends the records of all waiting callers with one fsync.</summary>
    public const string Grouped = "append, fsync in groups";

    /// <summary>A thread that inserts the records of all waiting callers in one transaction of SQLite.</summary>
    public const string Sqlite = "SQLite, a transaction per group";

    /// <summary>Creates the writer with a name, in a folder.</summary>
    public static Func<string, IFlushingWriter> Find(string name) => name switch
    {
        Ours => folder => new ZotifyFlushing(folder),
        Grouped => folder => new FlushingGroupWriter(new RawAppend(folder)),
        Sqlite => folder => new FlushingGroupWriter(new SqliteAppend(folder)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private sealed class ZotifyFlushing : IFlushingWriter
    {
        private readonly ServiceProvider _services;
        private readonly LoggingService _logging;
        private readonly ILogger _logger;

        public ZotifyFlushing(string folder)
        {
            _services = new ZotifyAllHandlers().Start(folder);
            _logging = _services.GetRequiredService<LoggingService>();
            _logger = _services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
        }

        public Task WriteAsync(int attempt)
        {
            Scenarios.Calls.ByCase["audit"](_logger, attempt);
            return _logging.FlushAsync(FlushTo.Disk);
        }

        public void Dispose() => _services.Dispose();
    }
}
