namespace Zotify.Logging.Provider.Queries.Audit.Verification;

/// <summary>The rows that a journal has in <c>audit_events</c>.</summary>
/// <param name="JournalId">The number of the journal in <c>journals</c>.</param>
/// <param name="Count">How many there are.</param>
/// <param name="FirstSeq">The lowest number of a line among them.</param>
internal sealed record JournalRows(long JournalId, long Count, long FirstSeq);
