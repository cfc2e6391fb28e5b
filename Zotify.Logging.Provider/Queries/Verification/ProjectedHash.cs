namespace Zotify.Logging.Queries;

/// <summary>What the database has of a line.</summary>
/// <param name="Seq">The line's number.</param>
/// <param name="Hash">The line's hash in the chain, base64url.</param>
internal readonly record struct ProjectedHash(long Seq, string? Hash);
