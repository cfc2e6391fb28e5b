using Hangfire.Common;

namespace Zotify.Logging.Hangfire;

/// <summary>The filters of another provider, inside of <see cref="JobLogFilter"/>. Thread-safe.</summary>
/// <param name="inner">The other provider.</param>
/// <param name="filter">The filter.</param>
internal sealed class JobLogFilterProvider(IJobFilterProvider inner, JobLogFilter filter) : IJobFilterProvider
{
    private readonly JobFilter _filter = new(filter, JobFilterScope.Global, filter.Order);

    /// <inheritdoc/>
    public IEnumerable<JobFilter> GetFilters(Job? job) => inner.GetFilters(job).Prepend(_filter);
}
