namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>A count of the table <c>audit_counts</c> that is not the number of its events.</summary>
/// <param name="Hour">The start of the hour, as the table has it.</param>
/// <param name="EventType">The type of the events.</param>
public sealed record AuditCountFault(string Hour, string EventType);
