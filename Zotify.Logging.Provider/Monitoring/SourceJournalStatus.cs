namespace Zotify.Logging.Monitoring;

/// <summary>The state of an application's journal, and how far it is projected.</summary>
/// <param name="Name">The handler that writes it.</param>
/// <param name="Journal">Its id; <see langword="null"/> where there is no journal yet.</param>
/// <param name="WrittenAt">When it was last written, in UTC; <see langword="null"/> where there is none.</param>
/// <param name="LastSeq">The <c>seq</c> of its last line; 0 where there is none, <see langword="null"/> where it cannot be read.</param>
/// <param name="ProjectedSeq">
/// The <c>seq</c> of the last line that is in the database; <see langword="null"/> where the database does not have the journal, cannot be
/// read, or is not configured.
/// </param>
/// <param name="Behind">
/// How many lines are not in the database yet; <see langword="null"/> where that is unknown, or no database is configured.
/// </param>
/// <param name="Error">Why something is unknown; <see langword="null"/> where nothing is.</param>
internal sealed record SourceJournalStatus(
    string Name, Guid? Journal, DateTimeOffset? WrittenAt, long? LastSeq, long? ProjectedSeq, long? Behind, string? Error);
