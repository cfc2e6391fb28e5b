using System.Globalization;
using Zotify.Logging.Alerts;

namespace Zotify.Logging.Monitoring;

/// <summary>
/// Finds journals whose records do not arrive: some wait, and none has arrived for a minute, or for an hour where a target has not failed.
/// Not thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class JournalProgress(TimeProvider time)
{
    /// <summary>A restart of a database takes less.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(1);

    /// <summary>A large segment takes long on a slow line. An attempt that hangs ends by its own time-out, and has failed then.</summary>
    public static readonly TimeSpan UploadStuckAfter = TimeSpan.FromHours(1);

    private readonly Dictionary<string, (long Arrived, DateTimeOffset At)> _last = new(StringComparer.Ordinal);

    /// <summary>The conditions: one for each journal and where its records go. None while it is not known yet.</summary>
    public IEnumerable<AlertCondition> Read(IReadOnlyList<HandlerStatus> handlers)
    {
        foreach (var handler in handlers)
        {
            // The number of written records includes those that wait.
            var arrived = handler.Written - handler.Behind;
            if (Of($"{handler.Name} to the database", handler.Behind, arrived, handler.ProjectionFailure, StuckAfter) is { } rows)
                yield return rows;
            foreach (var target in handler.Targets.Where(target => target.Name != AlertTargetFactory.TargetName))
            {
                var subject = $"{handler.Name} to {target.Name}";
                var after = target.Failure is null ? UploadStuckAfter : StuckAfter;
                if (Of(subject, target.Behind, target.Sent + target.Rejected, target.Failure, after) is { } sent) yield return sent;
            }
        }
    }

    private AlertCondition? Of(string subject, long behind, long arrived, string? failure, TimeSpan stuckAfter)
    {
        var now = time.GetUtcNow();
        var known = _last.TryGetValue(subject, out var last);
        if (behind == 0 || (known && arrived > last.Arrived))
        {
            _last[subject] = (arrived, now);
            return new AlertCondition(BuiltInAlerts.JournalStuck, subject, null, "");
        }

        // A clock that was set back begins anew, too: otherwise nothing would be told until it is where it was.
        if (!known || last.At > now) _last[subject] = (arrived, now);
        if (!known || now - last.At < stuckAfter) return null;
        var count = behind.ToString(CultureInfo.InvariantCulture);
        var error = failure is null ? "" : $": {failure}";
        return new AlertCondition(
            BuiltInAlerts.JournalStuck,
            subject,
            "stuck",
            $"{count} records wait on the way from {subject}, and none has arrived since {last.At:O}{error}")
        {
            Facts = [new("journal", subject), new("behind", count), new("error", failure ?? "")],
        };
    }
}
