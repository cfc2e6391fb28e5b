using Zotify.Logging.Database;
using Zotify.Logging.Terms;

namespace Zotify.Logging.Queries;

/// <summary>
/// The filters of a <see cref="JobLogQuery"/> that are compared here and not by an engine, so that every engine finds the same. Immutable,
/// thread-safe.
/// </summary>
internal sealed class JobMatcher
{
    private readonly SearchTerms _terms;
    private readonly string[] _excludedLevels;

    /// <exception cref="ArgumentException">The terms are malformed, or exceed a limit.</exception>
    public JobMatcher(JobLogQuery query)
    {
        _terms = SearchTerms.Parse(query.Text, nameof(query.Text));
        _excludedLevels = [.. query.ExcludedLevels.Select(level => level.ToString())];
    }

    /// <summary>Whether every row matches.</summary>
    public bool IsEmpty => _terms.IsEmpty && _excludedLevels.Length == 0;

    /// <summary>Whether a row matches. The filters that are not compared here are not looked at.</summary>
    public bool Matches(JobLogRow row) => !_excludedLevels.Contains(row.Level) && _terms.Matches(row, JobLogFields.Add);
}
