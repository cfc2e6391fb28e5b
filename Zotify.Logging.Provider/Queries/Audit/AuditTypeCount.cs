namespace Zotify.Logging.Queries;

/// <summary>An event type, and what there is of it.</summary>
/// <param name="EventType">The type.</param>
/// <param name="Count">How many events there are.</param>
/// <param name="LastAt">The time of the newest, in UTC.</param>
internal sealed record AuditTypeCount(string EventType, long Count, DateTime LastAt);
