using System.Globalization;
using Zotify.Logging.Alerts;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Monitoring;

/// <summary>
/// Finds records that were dropped since the start of the process. The first loss is told at once, and further ones together every ten
/// minutes: an overload drops many. Not thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RecordLosses(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // Tells losses of this process from equally many of another.
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly Dictionary<string, (long Total, DateTimeOffset At)> _told = new(StringComparer.Ordinal);

    /// <summary>The conditions: one for each handler.</summary>
    public IEnumerable<AlertCondition> Read(IReadOnlyList<HandlerStatus> handlers) => handlers.Select(Of);

    private AlertCondition Of(HandlerStatus handler)
    {
        var now = time.GetUtcNow();
        // A handler's own calls are skipped on purpose.
        var total = handler.Dropped.Where(count => count.Key != DropReason.Feedback).Sum(count => count.Value);
        if (total == 0) return new AlertCondition(BuiltInAlerts.RecordsLost, handler.Name, null, "");
        var told = _told.GetValueOrDefault(handler.Name);
        if (total > told.Total && (told.Total == 0 || (now - told.At).Duration() >= Interval)) told = _told[handler.Name] = (total, now);
        var reasons = DropReasonNames.Describe(handler.Dropped);
        return new AlertCondition(
            BuiltInAlerts.RecordsLost,
            handler.Name,
            string.Create(CultureInfo.InvariantCulture, $"{_start:O} {told.Total}"),
            $"{handler.Name} dropped records since the start: {reasons}")
        {
            Facts =
            [
                new("handler", handler.Name), new("dropped", total.ToString(CultureInfo.InvariantCulture)), new("reasons", reasons),
            ],
        };
    }
}
