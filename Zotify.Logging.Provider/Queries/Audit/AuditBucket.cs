namespace Zotify.Logging.Queries;

/// <summary>The number of events in a period.</summary>
/// <param name="From">The start of the period, in UTC.</param>
/// <param name="To">The end of the period, exclusive.</param>
/// <param name="Count">The number of events.</param>
internal sealed record AuditBucket(DateTime From, DateTime To, long Count);
