using System.Collections.Concurrent;
using Zotify.Logging.Common;

namespace Zotify.Logging.Database;

/// <summary>
/// The signal of each database that this process uses: whoever commits in one container wakes those who follow in another. Thread-safe.
/// </summary>
internal static class CommitSignals
{
    // A process knows few databases, for as long as it lives: entries stay.
    private static readonly ConcurrentDictionary<string, AsyncSignal> Signals = new(StringComparer.Ordinal);

    /// <summary>The signal of a database.</summary>
    public static AsyncSignal Of(DatabaseOptions options, string directory) =>
        Signals.GetOrAdd($"{options.Provider}|{directory}|{options.ConnectionString}", _ => new AsyncSignal());
}
