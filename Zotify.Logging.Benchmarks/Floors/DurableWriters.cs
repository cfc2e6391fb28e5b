using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>The durable writers by their names.</summary>
internal static class DurableWriters
{
    /// <summary>This project.</summary>
    public const string Ours = "Zotify, durable";

    /// <summary>A raw append, with one fsync for the records of all waiting callers.</summary>
    public const string Grouped = "append, fsync in groups";

    /// <summary>A raw append with an fsync for each record, one after the other.</summary>
    public const string Single = "append, fsync per record";

    /// <summary>Rows of SQLite, with one transaction for the records of all waiting callers.</summary>
    public const string Sqlite = "SQLite, a transaction per group";

    /// <summary>Creates the writer with a name, in a folder.</summary>
    public static Func<string, IDurableWriter> Find(string name) => name switch
    {
        Ours => folder => new ZotifyDurable(folder),
        Grouped => folder => new GroupedWriter(new RawAppend(folder)),
        Single => folder => new SingleWriter(new RawAppend(folder)),
        Sqlite => folder => new GroupedWriter(new SqliteAppend(folder)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private sealed class ZotifyDurable(string folder) : IDurableWriter
    {
        private readonly ServiceProvider _services = new ZotifyDurableAudit().Start(folder);
        private ILogger? _logger;

        public void Write(int attempt)
        {
            var logger = _logger ??= _services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
            Scenarios.Calls.ByCase["audit"](logger, attempt);
        }

        public void Dispose() => _services.Dispose();
    }
}
