namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// What each caller read last of the audit log, and follows now. A look at the page is several requests: the events, and counts of the
/// same events. The counts that come with a reading, or while it goes on, belong to it, and are no events of their own. Thread-safe.
/// </summary>
internal sealed class RecentReads(RequestClock clock)
{
    /// <summary>The requests of one look come within this time.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    /// <summary>A caller may have many addresses, and they must not fill the memory.</summary>
    private const int MaxCallers = 1_000;

    /// <summary>Parameters that do not say which events, but which part of them and in which order.</summary>
    private static readonly HashSet<string> Parts = new(StringComparer.OrdinalIgnoreCase) { "cursor", "limit", "order", "tail", "after" };

    private readonly Lock _gate = new();
    private readonly Dictionary<Caller, Reading> _reads = [];
    private readonly List<Reading> _followed = [];

    /// <summary>A caller read events.</summary>
    public void Add(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters)
    {
        lock (_gate)
        {
            if (_reads.Count == MaxCallers && !_reads.ContainsKey(caller)) _reads.Remove(_reads.Values.MinBy(read => read.At)!.Caller);
            _reads[caller] = new Reading(caller, clock.Now, WithoutParts(filters));
        }
    }

    /// <summary>A caller follows events, until <see cref="End"/> with the same filters.</summary>
    public void Begin(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters)
    {
        lock (_gate) _followed.Add(new Reading(caller, clock.Now, filters));
    }

    /// <summary>A caller no longer follows events.</summary>
    public void End(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters)
    {
        lock (_gate) _followed.RemoveAt(_followed.FindIndex(one => one.Caller == caller && ReferenceEquals(one.Filters, filters)));
    }

    /// <summary>
    /// Whether the caller follows the events themselves by the same filters, or read them no longer before a moment than a look takes.
    /// Counts by fewer filters are of more events, and by other filters of others.
    /// </summary>
    /// <param name="caller">Who counts them.</param>
    /// <param name="filters">What is counted.</param>
    /// <param name="moment">The moment, of the <see cref="RequestClock"/>.</param>
    public bool Covers(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, DateTimeOffset moment)
    {
        filters = WithoutParts(filters);
        lock (_gate)
        {
            return (_reads.TryGetValue(caller, out var read) && moment - read.At <= Look && AreSame(read.Filters, filters))
                || _followed.Exists(one => one.Caller == caller && AreSame(WithoutParts(one.Filters), filters));
        }
    }

    private static bool AreSame(
        IReadOnlyDictionary<string, IReadOnlyList<string>> given, IReadOnlyDictionary<string, IReadOnlyList<string>> filters) =>
        given.Count == filters.Count
        && filters.All(filter => given.TryGetValue(filter.Key, out var values) && values.SequenceEqual(filter.Value));

    private static Dictionary<string, IReadOnlyList<string>> WithoutParts(IReadOnlyDictionary<string, IReadOnlyList<string>> filters)
    {
        var without = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, values) in filters)
        {
            if (!Parts.Contains(name)) without.Add(name, values);
        }

        return without;
    }

    private sealed record Reading(Caller Caller, DateTimeOffset At, IReadOnlyDictionary<string, IReadOnlyList<string>> Filters);
}
