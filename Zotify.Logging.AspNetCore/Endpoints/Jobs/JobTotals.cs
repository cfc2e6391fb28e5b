using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Jobs;

/// <summary>How many jobs of each status match, whatever statuses are asked for.</summary>
/// <param name="Running">Those that run, without those that are stalled.</param>
/// <param name="Stalled">Those that run, but whose instance is gone, or that logged nothing for too long.</param>
/// <param name="Completed">Those that completed.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Interrupted">Those whose instance ended before they did.</param>
/// <param name="Complete">Only where there are too many to count: <c>false</c>. Then only those that began last were counted.</param>
internal sealed record JobTotals(
    long Running,
    long Stalled,
    long Completed,
    long Failed,
    long Interrupted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null)
{
    /// <summary>The counts of a page.</summary>
    public static JobTotals Of(JobListPage page) => new(
        Of(page, "running"),
        Of(page, "stalled"),
        Of(page, "completed"),
        Of(page, "failed"),
        Of(page, "interrupted"),
        page.HasAllTotals ? null : false);

    private static long Of(JobListPage page, string status) => page.Totals.GetValueOrDefault(status);
}
