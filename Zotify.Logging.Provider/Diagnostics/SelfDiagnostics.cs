using System.Globalization;

namespace Zotify.Logging.Provider.Diagnostics;

/// <summary>
/// The one channel for failures of the logging itself: lines on stderr, never a logger. Of each source and kind, one
/// line every ten seconds is written; the next says how many were held back. Thread-safe.
/// </summary>
internal sealed class SelfDiagnostics(TimeProvider time, TextWriter output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Source, FailureKind Kind), (DateTimeOffset Last, int HeldBack)> _lines = [];

    /// <summary>Reports a failure of <paramref name="source"/>: a handler, a journal, the configuration, the database.</summary>
    public void Report(string source, FailureKind kind, string message, Exception? exception = null)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var known = _lines.TryGetValue((source, kind), out var line);
            if (known && now - line.Last < Interval)
            {
                _lines[(source, kind)] = line with { HeldBack = line.HeldBack + 1 };
                return;
            }

            _lines[(source, kind)] = (now, 0);
            var held = line.HeldBack > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({line.HeldBack} more held back)") : "";
            var cause = exception is null ? "" : $" [{exception.GetType().Name}: {exception.Message}]";
            output.WriteLine($"zotify-logging: {source}: {kind.ToString().ToLowerInvariant()}: {message}{cause}{held}");
        }
    }
}
