using System.Collections.Concurrent;

namespace Zotify.Logging.Database;

/// <summary>
/// Admits the writers of this process to a database file one after the other. SQLite allows only one anyway, but makes the others sleep and
/// retry, and blocks their threads meanwhile. Thread-safe.
/// </summary>
internal static class SqliteWriteGate
{
    // By absolute path. A process uses few files during its life, so entries stay.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    /// <summary>Whether this process has ever begun to write the file.</summary>
    public static bool IsKnown(string file) => Gates.ContainsKey(file);

    /// <summary>Records that this process begins to write the file.</summary>
    public static void Add(string file) => _ = GateOf(file);

    /// <summary>Waits until the file is free. Dispose the result to admit the next writer.</summary>
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
