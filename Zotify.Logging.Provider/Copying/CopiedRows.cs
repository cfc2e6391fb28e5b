namespace Zotify.Logging.Copying;

/// <summary>The rows of a table after a copy, the same on both sides.</summary>
/// <param name="Table">The table.</param>
/// <param name="Count">How many rows it has.</param>
/// <param name="Digest">Their <see cref="RowDigest"/>, in hex.</param>
internal sealed record CopiedRows(string Table, long Count, string Digest);
