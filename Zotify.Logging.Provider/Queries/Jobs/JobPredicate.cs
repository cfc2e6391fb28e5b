using Zotify.Logging.Database;
using Zotify.Logging.Instances;
using Zotify.Logging.Records;

namespace Zotify.Logging.Queries;

/// <summary>
/// All filters of a <see cref="JobListQuery"/> as a condition on one job, for what is decided before a job is in the database. It matches
/// the jobs that the search finds. Times, order and limit are not looked at. Immutable, thread-safe.
/// </summary>
internal sealed class JobPredicate
{
    private readonly JobListMatcher _matcher;
    private readonly HashSet<string> _statuses;
    private readonly HashSet<string> _types;

    /// <exception cref="ArgumentException">A filter has over 100 values, or the terms are malformed.</exception>
    public JobPredicate(JobListQuery query)
    {
        SqlFilter.CheckCount(query.Statuses.Count, nameof(query.Statuses));
        SqlFilter.CheckCount(query.JobTypes.Count, nameof(query.JobTypes));
        _matcher = new JobListMatcher(query, StalledStates.None);
        _statuses = query.Statuses.ToHashSet(StringComparer.Ordinal);
        _types = query.JobTypes.Select(type => ColumnText.Fit(type, ColumnLengths.Name)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a job matches.</summary>
    public bool Matches(JobRow row) =>
        (_statuses.Count == 0 || _statuses.Contains(row.Status))
        && (_types.Count == 0 || (row.JobType is { } type && _types.Contains(type)))
        && _matcher.Matches(row);
}
