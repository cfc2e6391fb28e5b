namespace Zotify.Logging.Queries;

/// <summary>A value of a field.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">The number of events that have it.</param>
internal sealed record AuditFacetValue(string Value, long Count);
