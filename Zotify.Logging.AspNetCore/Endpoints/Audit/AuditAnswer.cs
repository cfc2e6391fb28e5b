using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>A page of audit events.</summary>
/// <param name="Items">The events.</param>
/// <param name="NextCursor">The parameter <c>cursor</c> of the next page; <c>null</c> on the last one.</param>
/// <param name="PrevCursor">The parameter <c>cursor</c> of the page before; <c>null</c> on the first one.</param>
/// <param name="Complete">Only where the database is behind the journals: <c>false</c>.</param>
/// <param name="Behind">How many records it is behind.</param>
internal sealed record AuditAnswer(
    IReadOnlyList<AuditEvent> Items,
    string? NextCursor,
    string? PrevCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null);
