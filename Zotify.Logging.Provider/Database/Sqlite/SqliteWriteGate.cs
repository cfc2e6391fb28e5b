using System.Collections.Concurrent;

namespace Zotify.Logging.Database;

/// <summary>
/// Lets the writers of this process into a database file one after the other. SQLite takes only one anyway, but makes the
/// others sleep and try again, and blocks their threads over it. Thread-safe.
/// </summary>
internal static class SqliteWriteGate
{
    // By absolute path. A process knows few files, for as long as it lives: entries stay.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    /// <summary>Whether this process has begun to write the file at some time.</summary>
    public static bool IsKnown(string file) => Gates.ContainsKey(file);

    /// <summary>This process begins to write the file.</summary>
    public static void Know(string file) => _ = GateOf(file);

    /// <summary>Waits for the turn at the file. Dispose to let the next one in.</summary>
    public static async Task<IDisposable> EnterAsync(string file, CancellationToken cancellationToken)
    {
        var gate = GateOf(file);
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(gate);
    }

    private static SemaphoreSlim GateOf(string file) => Gates.GetOrAdd(file, _ => new SemaphoreSlim(1, 1));

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) gate.Release();
        }
    }
}
