namespace Zotify.Logging.Queries;

/// <summary>The events of a time.</summary>
/// <param name="From">Its beginning, in UTC.</param>
/// <param name="To">Its end, which is not in it.</param>
/// <param name="Count">How many events there are.</param>
internal sealed record AuditBucket(DateTime From, DateTime To, long Count);
