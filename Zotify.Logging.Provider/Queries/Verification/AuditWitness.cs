namespace Zotify.Logging.Queries;

/// <summary>What the database had to say to a verification.</summary>
/// <param name="Checked">How many of its events were compared with the files.</param>
/// <param name="ThroughSeq">The line up to which it has the journal; <see langword="null"/> where it does not know the journal, or could not be asked.</param>
/// <param name="EarlierJournals">
/// How many other journals of this writer it has that ended before these files begin: of a directory that was wiped or left.
/// The files say nothing of them.
/// </param>
/// <param name="Unavailable">Why it could not be asked, or not to the end; <see langword="null"/> where it was.</param>
public sealed record AuditWitness(long Checked, long? ThroughSeq, int EarlierJournals, string? Unavailable);
