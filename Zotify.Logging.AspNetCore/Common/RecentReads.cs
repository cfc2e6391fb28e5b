namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// What each caller read last of the audit log. A look at the page is several requests: the events, and counts of the same events. The
/// counts that come with a reading belong to it, and are no events of their own. Thread-safe.
/// </summary>
internal sealed class RecentReads(RequestClock clock)
{
    /// <summary>The requests of one look come within this time.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    /// <summary>A caller may have many addresses, and they must not fill the memory.</summary>
    private const int MaxCallers = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Caller, (DateTimeOffset At, IReadOnlyDictionary<string, IReadOnlyList<string>> Filters)> _reads = [];

    /// <summary>A caller read events.</summary>
    public void Add(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters)
    {
        lock (_gate)
        {
            if (_reads.Count == MaxCallers && !_reads.ContainsKey(caller)) _reads.Remove(_reads.MinBy(read => read.Value.At).Key);
            _reads[caller] = (clock.Now, filters);
        }
    }

    /// <summary>
    /// Whether the caller read the events themselves, by the same filters or fewer, no longer before a moment than a look takes.
    /// </summary>
    /// <param name="caller">Who counts them.</param>
    /// <param name="filters">What is counted.</param>
    /// <param name="moment">The moment, of the <see cref="RequestClock"/>.</param>
    public bool Covers(Caller caller, IReadOnlyDictionary<string, IReadOnlyList<string>> filters, DateTimeOffset moment)
    {
        lock (_gate)
        {
            return _reads.TryGetValue(caller, out var read)
                && moment - read.At <= Look
                && filters.All(filter => read.Filters.TryGetValue(filter.Key, out var values) && values.SequenceEqual(filter.Value));
        }
    }
}
