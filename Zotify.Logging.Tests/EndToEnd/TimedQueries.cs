using System.Diagnostics;
using System.Globalization;

namespace Zotify.Logging.Tests.EndToEnd;

/// <summary>
/// How long queries took, those apart that met an outage of the server: it lasts until the first query is answered that began after the
/// server was back. Thread-safe.
/// </summary>
/// <param name="clock">The clock of the test.</param>
internal sealed class TimedQueries(Stopwatch clock)
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _usual = [];
    private readonly List<TimeSpan> _inOutages = [];
    private bool _isAway;
    private TimeSpan? _back;

    /// <summary>How many met no outage.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _usual.Count;
        }
    }

    /// <summary>The server is crashed now.</summary>
    public void BeginOutage()
    {
        lock (_gate) (_isAway, _back) = (true, null);
    }

    /// <summary>The server accepts connections again.</summary>
    public void EndOutage()
    {
        lock (_gate) _back = clock.Elapsed;
    }

    /// <summary>A query was answered.</summary>
    /// <param name="started">When it began.</param>
    public void Add(TimeSpan started)
    {
        lock (_gate)
        {
            (_isAway ? _inOutages : _usual).Add(clock.Elapsed - started);
            if (started >= _back) (_isAway, _back) = (false, null);
        }
    }

    /// <summary>Median, 99th percentile and maximum.</summary>
    public string Summary()
    {
        lock (_gate) return $"queries: {Summary(_usual)}; in outages: {Summary(_inOutages)}";
    }

    private static string Summary(List<TimeSpan> times)
    {
        if (times.Count == 0) return "none";
        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{times.Count}, median {Of(50):0} ms, p99 {Of(99):0} ms, at most {times[^1].TotalMilliseconds:0} ms");

        double Of(int percent) => times[times.Count * percent / 100].TotalMilliseconds;
    }
}
