namespace Zotify.Logging.Provider.Queries.Audit;

/// <summary>What the database had to say to a verification.</summary>
/// <param name="Checked">How many of its events were compared with the files, every column.</param>
/// <param name="ThroughSeq">
/// The line up to which it has the journal; <see langword="null"/> where it does not know the journal, or could not be asked.
/// </param>
/// <param name="EarlierJournals">
/// How many other journals of this writer it knew before this one: of a directory that was wiped or left. The files say nothing of them.
/// </param>
/// <param name="Unavailable">Why it could not be asked, or not to the end; <see langword="null"/> where it was.</param>
/// <param name="OtherRows">How many events it has of other journals: only the instance that writes a journal can prove its rows.</param>
/// <param name="SetAside">
/// How many lines have no row because nothing could be made of them or the database refused them: the file <c>.rejected</c>
/// has them.
/// </param>
public sealed record AuditWitness(
    long Checked, long? ThroughSeq, int EarlierJournals, string? Unavailable, long OtherRows = 0, long SetAside = 0);
