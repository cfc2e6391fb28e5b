namespace Zotify.Logging.Instances;

/// <summary>
/// A time for job types: by their name, or by a pattern with <c>*</c> at its end. A name wins over a pattern, and a longer pattern over a
/// shorter one. Immutable.
/// </summary>
internal sealed class JobPatterns
{
    /// <param name="times">The times, by name or pattern.</param>
    public JobPatterns(IEnumerable<KeyValuePair<string, TimeSpan>> times) => All =
    [
        .. times.Select(time => (JobPattern.Parse(time.Key), time.Value))
            .OrderBy(entry => entry.Item1.IsPrefix).ThenByDescending(entry => entry.Item1.Text.Length),
    ];

    /// <summary>All times, those that win first.</summary>
    public IReadOnlyList<(JobPattern Pattern, TimeSpan Time)> All { get; }

    /// <summary>The time of a type; <see langword="null"/> where none matches.</summary>
    public TimeSpan? Of(string? type)
    {
        foreach (var (pattern, time) in All)
            if (pattern.Matches(type)) return time;

        return null;
    }
}
