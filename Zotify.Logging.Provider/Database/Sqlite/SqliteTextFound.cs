namespace Zotify.Logging.Database;

/// <summary>An event that was found through the text index.</summary>
/// <param name="Row">The event.</param>
/// <param name="Place">Its place in the index.</param>
/// <param name="Lag">The distance from the first place of its time.</param>
/// <param name="MaxLag">The largest such distance of any event.</param>
internal readonly record struct SqliteTextFound(AuditEventRow Row, long Place, long Lag, long MaxLag);
