using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>The types of audit events.</summary>
/// <param name="Items">The types, those with most events first.</param>
/// <param name="Complete">Only where the database is behind the journals: <c>false</c>.</param>
/// <param name="Behind">How many records it is behind.</param>
internal sealed record AuditTypesAnswer(
    IReadOnlyList<AuditTypeCount> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null);
