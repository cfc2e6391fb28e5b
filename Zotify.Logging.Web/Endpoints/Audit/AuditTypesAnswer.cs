using Zotify.Logging.Provider.Queries.Audit;

namespace Zotify.Logging.Web.Endpoints.Audit;

/// <summary>The types of audit events.</summary>
/// <param name="Items">The types, those with most events first.</param>
internal sealed record AuditTypesAnswer(IReadOnlyList<AuditTypeCount> Items);
