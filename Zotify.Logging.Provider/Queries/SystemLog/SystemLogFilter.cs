using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Provider.Queries.SystemLog;

/// <summary>Which entries a query asks for. Immutable.</summary>
internal sealed class SystemLogFilter(SystemLogQuery query)
{
    private readonly string[] _words = Words.Of(query.Text);

    /// <summary>Whether the entry matches every filter. What is no line of the system log matches only where text alone is asked for.</summary>
    public bool Takes(SystemLogEntry entry)
    {
        if (entry.Timestamp is { } time)
        {
            if (time < query.Since || time >= query.Until) return false;
            if (Enum.Parse<LogLevel>(entry.Level!) < query.MinimumLevel) return false;
            if (query.Categories.Count > 0 && !query.Categories.Any(c => entry.Category!.StartsWith(c, StringComparison.OrdinalIgnoreCase))) return false;
            if (query.TraceIds.Count > 0 && !query.TraceIds.Contains(entry.TraceId, StringComparer.OrdinalIgnoreCase)) return false;
        }
        else if (query.Since is not null || query.Until is not null || query.MinimumLevel > LogLevel.Trace || query.Categories.Count > 0 || query.TraceIds.Count > 0)
        {
            return false;
        }

        return Array.TrueForAll(_words, word => entry.Text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
