namespace Zotify.Logging.Provider.Queries.Sources;

/// <summary>A journal of an application, and how far the database has it.</summary>
/// <param name="Name">The handler that writes it.</param>
/// <param name="JournalId">Its id; <see langword="null"/> where there is no journal yet.</param>
/// <param name="WrittenAt">When it was written last, in UTC; <see langword="null"/> where there is none.</param>
/// <param name="LastSeq">The number of its last line; 0 where there is none, <see langword="null"/> where it cannot be read.</param>
/// <param name="ProjectedSeq">
/// The number of the last line that is in the database; <see langword="null"/> where the database does not know the journal, cannot
/// be read, or is not configured.
/// </param>
/// <param name="Behind">
/// How many lines are not in the database yet; <see langword="null"/> where that is not known, or no database is configured.
/// </param>
/// <param name="Error">Why something is not known; <see langword="null"/> where all is.</param>
public sealed record SourceJournalStatus(
    string Name, Guid? JournalId, DateTimeOffset? WrittenAt, long? LastSeq, long? ProjectedSeq, long? Behind, string? Error);
