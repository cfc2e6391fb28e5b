using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints;

/// <summary>The system log over time, by level.</summary>
/// <param name="Interval">The length of a bucket, minutes, hours or days: 6h.</param>
/// <param name="Items">The buckets in order, those without lines included.</param>
/// <param name="Complete">
/// Only where older lines were not counted, because that would have taken long, lines are not written yet, or a source is away:
/// <c>false</c>. No bucket is before <c>searched_to</c>.
/// </param>
/// <param name="SearchedTo">The time of the oldest line that was read.</param>
/// <param name="Behind">How many lines of before the request are not written yet.</param>
/// <param name="Away">Sources whose lines were not counted, because they cannot be read now.</param>
internal sealed record SystemHistogramAnswer(
    string Interval,
    IReadOnlyList<SystemLogBucket> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? SearchedTo = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Away = null);
