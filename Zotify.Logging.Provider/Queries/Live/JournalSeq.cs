namespace Zotify.Logging.Queries;

/// <summary>The number of a line in a journal, a row of <c>journals</c>.</summary>
internal sealed record JournalSeq(long JournalId, long Seq);
