namespace Zotify.Logging.Retention;

/// <summary>
/// Decides which records one run prunes by age. It never prunes all that look old at once, because a wrong clock makes everything look old;
/// the next runs continue. Used by one thread at a time.
/// </summary>
/// <param name="time">The elapsed time. The caller reads the clock.</param>
internal sealed class AgeCutoff(TimeProvider time)
{
    /// <summary>One run may prune an hour of records, so that halving comes to an end.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);

    private DateTimeOffset? _newest;
    private long _newestSince;

    /// <summary>The time before which records are old.</summary>
    public static DateTimeOffset Old(TimeSpan age, DateTimeOffset now) =>
        // An age may be longer than the time since the year 1.
        now - DateTimeOffset.MinValue > age ? now - age : DateTimeOffset.MinValue;

    /// <summary>
    /// The time before which records are deleted now: half-way between the oldest and the newest old record. The last step is an hour, or a
    /// tenth of the age where that is less. It is deleted only after its newest record has been the newest for as long as the step.
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
