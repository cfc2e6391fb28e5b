namespace Zotify.Logging.Queries;

/// <summary>The comparison of a verification with the database.</summary>
/// <param name="Checked">How many of its events were compared with the files, every column.</param>
/// <param name="ThroughSeq">
/// The last line of the journal that it has; <see langword="null"/> where it does not have the journal, or could not be read.
/// </param>
/// <param name="EarlierJournals">
/// How many earlier journals of this writer it has, whose directory was wiped or abandoned. The files prove nothing about them.
/// </param>
/// <param name="Unavailable">Why it could not be read, or not completely; <see langword="null"/> where it was.</param>
/// <param name="OtherRows">How many events it has of other journals. Only the instance that writes a journal can verify its rows.</param>
/// <param name="SetAside">
/// How many lines have no row because they could not be read or the database refused them. They are in the file <c>.rejected</c>.
/// </param>
public sealed record AuditWitness(
    long Checked, long? ThroughSeq, int EarlierJournals, string? Unavailable, long OtherRows = 0, long SetAside = 0);
