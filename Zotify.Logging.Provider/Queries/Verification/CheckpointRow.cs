namespace Zotify.Logging.Queries;

/// <summary>The row of a journal in the table <c>journals</c>.</summary>
/// <param name="Id">Its number there.</param>
/// <param name="Journal">Its own id.</param>
/// <param name="Seq">The number of the last line that is projected; 0 before the first.</param>
/// <param name="Hash">The SHA-256 of that line, in lower-case hex.</param>
internal sealed record CheckpointRow(long Id, string Journal, long Seq, string Hash);
