namespace Zotify.Logging.Journal;

/// <summary>A key of the hash chain.</summary>
/// <param name="Id">The name that the lines carry as <c>key_id</c>.</param>
/// <param name="Key">The secret bytes.</param>
internal sealed record HashKey(string Id, ReadOnlyMemory<byte> Key);
