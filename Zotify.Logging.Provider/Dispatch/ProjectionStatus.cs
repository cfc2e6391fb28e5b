namespace Zotify.Logging.Dispatch;

/// <summary>How the database follows what a handler wrote.</summary>
/// <param name="Behind">Written records that are not in the database yet.</param>
/// <param name="Rejected">Written records that the database refused since the start.</param>
/// <param name="Failure">Why nothing gets there at the moment; <see langword="null"/> when all is well.</param>
internal readonly record struct ProjectionStatus(long Behind, long Rejected, Exception? Failure);
