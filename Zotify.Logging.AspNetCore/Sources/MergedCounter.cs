using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Sources;

/// <summary>Counts the lines of several sources by time and level.</summary>
/// <param name="sources">The sources.</param>
/// <param name="selected">Which of them.</param>
internal sealed class MergedCounter(IReadOnlyList<ILineSource> sources, bool[] selected)
{
    private readonly HashSet<string> _away = [];

    /// <summary>
    /// Counts. Buckets of one length add up, so where the period or the length is not given, the sources are asked first what they have.
    /// </summary>
    /// <exception cref="ArgumentException">There would be over 1,000 buckets.</exception>
    public async Task<MergedHistogram> CountAsync(SystemLogQuery query, TimeSpan? interval, CancellationToken cancellationToken)
    {
        // It refuses the query before any source is asked.
        _ = new SystemLogFilter(query, null);
        var (from, to) = (query.Since?.UtcDateTime, query.Until?.UtcDateTime);
        if (from is { } first && to is { } end && interval is { } given) TimeBuckets.Check(first, end, given);
        DateTime? stoppedAt = null;
        if (from is null || to is null)
        {
            var all = await AskAllAsync(query, null, cancellationToken).ConfigureAwait(false);
            var known = all.Where(one => one.Items.Count > 0).ToList();
            stoppedAt = all.Max(one => one.StoppedAt);
            from ??= known.Count == 0 ? null : known.Min(one => one.Items[0].From);
            to ??= known.Count == 0 ? null : known.Max(one => one.Items[^1].To);
        }

        var shortest = TimeSpan.FromMinutes(1);
        if (from is not { } start || to is not { } last || start >= last)
            return new MergedHistogram(new SystemLogHistogram(interval ?? shortest, [], stoppedAt), [.. _away]);
        var length = interval ?? TimeBuckets.Of(start, last, null, shortest).Interval;
        var bounded = query with { Since = new DateTimeOffset(start), Until = new DateTimeOffset(last) };
        return Sum(await AskAllAsync(bounded, length, cancellationToken).ConfigureAwait(false), length);
    }

    private MergedHistogram Sum(IReadOnlyList<SystemLogHistogram> counts, TimeSpan interval)
    {
        // Before the latest place where a source stopped, its lines would be missing in the sums.
        var stoppedAt = counts.Max(one => one.StoppedAt);
        var sums = counts.SelectMany(one => one.Items).GroupBy(bucket => bucket.From).OrderBy(same => same.Key)
            .Where(same => !(same.First().To <= stoppedAt))
            .Select(same => same.Aggregate(Add));
        var sum = new SystemLogHistogram(interval, [.. sums], stoppedAt) { Behind = counts.Sum(one => one.Behind) };
        return new MergedHistogram(sum, [.. _away.Order(StringComparer.Ordinal)]);
    }

    private static SystemLogBucket Add(SystemLogBucket one, SystemLogBucket other) => one with
    {
        Count = one.Count + other.Count,
        Trace = one.Trace + other.Trace,
        Debug = one.Debug + other.Debug,
        Information = one.Information + other.Information,
        Warning = one.Warning + other.Warning,
        Error = one.Error + other.Error,
        Critical = one.Critical + other.Critical,
    };

    private async Task<IReadOnlyList<SystemLogHistogram>> AskAllAsync(
        SystemLogQuery query, TimeSpan? interval, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(sources.Where((source, i) => selected[i] && !_away.Contains(source.Name))
            .Select(source => AskAsync(source, query, interval, cancellationToken))).ConfigureAwait(false);
        _away.UnionWith(answers.Where(answer => answer.Counts is null).Select(answer => answer.Name));
        return [.. answers.Select(answer => answer.Counts).OfType<SystemLogHistogram>()];
    }

    private static async Task<(string Name, SystemLogHistogram? Counts)> AskAsync(
        ILineSource source, SystemLogQuery query, TimeSpan? interval, CancellationToken cancellationToken)
    {
        try
        {
            return (source.Name, await source.CountAsync(query, interval, cancellationToken).ConfigureAwait(false));
        }
        catch (SourceAwayException)
        {
            return (source.Name, null);
        }
    }
}
