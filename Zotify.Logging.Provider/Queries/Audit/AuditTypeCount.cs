namespace Zotify.Logging.Queries;

/// <summary>The number of events of one type.</summary>
/// <param name="EventType">The type.</param>
/// <param name="Count">The number of events.</param>
/// <param name="LastAt">The time of the newest event, in UTC.</param>
internal sealed record AuditTypeCount(string EventType, long Count, DateTime LastAt);
