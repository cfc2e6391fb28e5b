namespace Zotify.Logging.Retention;

/// <summary>
/// Decides what one run prunes of a set of records by age: never all that looks old, because a wrong clock makes
/// everything look old. The next runs go on. Used by one thread at a time.
/// </summary>
/// <param name="time">The elapsed time; the clock is the caller's matter.</param>
internal sealed class AgeCutoff(TimeProvider time)
{
    /// <summary>An hour of records may go in one run, so that halves of halves come to an end.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);

    private DateTimeOffset? _newest;
    private long _newestSince;

    /// <summary>The time before which records are old.</summary>
    public static DateTimeOffset Old(TimeSpan age, DateTimeOffset now) =>
        // An age may be longer than times go back.
        now - DateTimeOffset.MinValue > age ? now - age : DateTimeOffset.MinValue;

    /// <summary>
    /// The time before which old records go now: half-way from the oldest to the newest of them. The last hour of them, or
    /// the last tenth of the age where that is less, goes once its newest was the newest for as long as that.
    /// </summary>
    /// <param name="age">How long records are kept.</param>
    /// <param name="oldest">The time of the oldest record.</param>
    /// <param name="newest">The time of the newest record that is old.</param>
    public DateTimeOffset Before(TimeSpan age, DateTimeOffset oldest, DateTimeOffset newest)
    {
        var step = age / 10 < Step ? age / 10 : Step;
        var isSettled = IsSettled(newest, step);
        var half = (newest - oldest) / 2;
        if (half > step) return oldest + half;
        if (newest - oldest > step) return oldest + step;
        return isSettled ? newest.AddTicks(1) : newest;
    }

    private bool IsSettled(DateTimeOffset newest, TimeSpan duration)
    {
        if (_newest == newest) return time.GetElapsedTime(_newestSince) >= duration;
        (_newest, _newestSince) = (newest, time.GetTimestamp());
        return false;
    }
}
