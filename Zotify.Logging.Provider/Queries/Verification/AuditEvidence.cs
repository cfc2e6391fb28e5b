namespace Zotify.Logging.Queries;

/// <summary>A line of the audit log that is not as it was written, and the row of the database that was made from it. Immutable.</summary>
/// <param name="Seq">The number of both.</param>
/// <param name="Line">
/// The line as it is in the file, up to 32,768 characters; <see langword="null"/> where no line has this number.
/// </param>
/// <param name="Row">The row; <see langword="null"/> where there is none, or where it or the database cannot be read.</param>
public sealed record AuditEvidence(long Seq, string? Line, AuditEvent? Row);
