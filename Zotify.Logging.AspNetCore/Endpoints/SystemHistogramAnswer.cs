using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>The system log over time, by level.</summary>
/// <param name="Interval">The length of a bucket, minutes, hours or days: 6h.</param>
/// <param name="Items">The buckets in order, those without lines included.</param>
/// <param name="Complete">
/// Only where older lines were not counted, because that would have taken long: <c>false</c>. Then no bucket is before <c>searched_to</c>.
/// </param>
/// <param name="SearchedTo">The time of the oldest line that was read.</param>
internal sealed record SystemHistogramAnswer(
    string Interval,
    IReadOnlyList<SystemLogBucket> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? SearchedTo = null);
