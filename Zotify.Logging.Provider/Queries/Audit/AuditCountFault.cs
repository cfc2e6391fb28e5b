namespace Zotify.Logging.Queries;

/// <summary>A wrong count in the table <c>audit_counts</c>: it differs from the number of its events.</summary>
/// <param name="Hour">The start of the hour, as the table has it.</param>
/// <param name="EventType">The type of the events.</param>
public sealed record AuditCountFault(string Hour, string EventType);
