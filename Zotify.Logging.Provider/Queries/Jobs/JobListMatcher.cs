using Zotify.Logging.Database;
using Zotify.Logging.Instances;
using Zotify.Logging.Records;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>
/// The filters of a <see cref="JobListQuery"/> that are compared here and not by an engine, so that every engine finds the same. Immutable,
/// thread-safe.
/// </summary>
internal sealed class JobListMatcher
{
    private readonly SearchTerms _terms;
    private readonly StalledStates _states;
    private readonly IReadOnlyList<string> _excludedStatuses;
    private readonly string[] _excludedTypes;

    /// <param name="query">The query.</param>
    /// <param name="states">Which jobs are stalled.</param>
    /// <exception cref="ArgumentException">The terms are malformed, or exceed a limit; or a filter has over 100 values.</exception>
    public JobListMatcher(JobListQuery query, StalledStates states)
    {
        SqlFilter.CheckCount(query.ExcludedStatuses.Count, nameof(query.ExcludedStatuses));
        SqlFilter.CheckCount(query.ExcludedJobTypes.Count, nameof(query.ExcludedJobTypes));
        _states = states;
        _terms = SearchTerms.Parse(query.Text, nameof(query.Text));
        _excludedStatuses = query.ExcludedStatuses;
        _excludedTypes = [.. query.ExcludedJobTypes.Select(type => ColumnText.Fit(type, ColumnLengths.Name))];
    }

    /// <summary>Whether every row matches.</summary>
    public bool IsEmpty => _terms.IsEmpty && _excludedStatuses.Count == 0 && _excludedTypes.Length == 0;

    /// <summary>Whether a row matches. The filters that are not compared here are not looked at.</summary>
    public bool Matches(JobRow row) =>
        !_excludedStatuses.Contains(_states.StatusOf(row)) && !_excludedTypes.Contains(row.JobType) && _terms.Matches(row, JobFields.Add);
}
