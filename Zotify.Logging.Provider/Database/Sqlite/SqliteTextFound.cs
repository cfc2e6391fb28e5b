namespace Zotify.Logging.Database;

/// <summary>An event that the index of the texts found.</summary>
/// <param name="Row">The event.</param>
/// <param name="Place">Its place.</param>
/// <param name="Lag">How far that is from the first place of its time.</param>
/// <param name="MaxLag">How far any event's is.</param>
internal readonly record struct SqliteTextFound(AuditEventRow Row, long Place, long Lag, long MaxLag);
