using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>The values of a field.</summary>
/// <param name="Field">The parameter that filters by it: <c>user_id</c>, <c>event_type</c>, <c>source_ip</c> or <c>instance</c>.</param>
/// <param name="Values">The values, those with most events first.</param>
/// <param name="Others">How many further values there are.</param>
/// <param name="Complete">Only where older events were not counted: <c>false</c>.</param>
internal sealed record AuditFacetAnswer(
    string Field,
    IReadOnlyList<AuditFacetValue> Values,
    int Others,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null);
