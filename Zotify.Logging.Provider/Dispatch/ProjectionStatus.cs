namespace Zotify.Logging.Dispatch;

/// <summary>How far the database has what a handler wrote.</summary>
/// <param name="Behind">Written records that are not in the database yet.</param>
/// <param name="Rejected">Written records that the database refused since the start.</param>
/// <param name="Failure">Why nothing reaches the database now; <see langword="null"/> when all is well.</param>
/// <param name="IsPermanent">Whether that failure lasts until somebody acts.</param>
internal readonly record struct ProjectionStatus(long Behind, long Rejected, Exception? Failure, bool IsPermanent = false);
