using System.Text.Json.Serialization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Audit;

/// <summary>A page of audit events.</summary>
/// <param name="Items">The events.</param>
/// <param name="NextCursor">The parameter <c>cursor</c> of the next page; <c>null</c> on the last one.</param>
/// <param name="PrevCursor">The parameter <c>cursor</c> of the page before; <c>null</c> on the first one.</param>
/// <param name="Complete">
/// Only where something may be missing: <c>false</c>. Either the database is behind the journals, or the search stopped because going on
/// would have taken long; then the cursor goes on there.
/// </param>
/// <param name="Behind">How many records the database is behind the journals.</param>
/// <param name="SearchedTo">Where the search stopped: the time of the last one that was compared.</param>
internal sealed record AuditAnswer(
    IReadOnlyList<AuditEvent> Items,
    string? NextCursor,
    string? PrevCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Complete = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Behind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTime? SearchedTo = null);
