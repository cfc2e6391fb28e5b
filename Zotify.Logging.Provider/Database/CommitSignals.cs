using System.Collections.Concurrent;
using Zotify.Logging.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// The signal of each database that this process uses: a commit in one container wakes the subscribers in another. Thread-safe.
/// </summary>
internal static class CommitSignals
{
    // A process uses few databases during its life, so entries stay.
    private static readonly ConcurrentDictionary<string, AsyncSignal> Signals = new(StringComparer.Ordinal);

    /// <summary>The signal of a database.</summary>
    public static AsyncSignal Of(DatabaseOptions options, string directory) =>
        Signals.GetOrAdd($"{options.Provider}|{directory}|{options.ConnectionString}|{options.Schema}", _ => new AsyncSignal());
}
