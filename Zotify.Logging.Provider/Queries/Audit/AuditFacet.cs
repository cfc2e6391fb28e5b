namespace Zotify.Logging.Queries;

/// <summary>The values of a field, with their counts.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">The values, those with most events first.</param>
/// <param name="Others">How many further values there are.</param>
/// <param name="IsComplete">Whether all events were counted; otherwise only the newest.</param>
internal sealed record AuditFacet(AuditFacetField Field, IReadOnlyList<AuditFacetValue> Values, int Others, bool IsComplete);
