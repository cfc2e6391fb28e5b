using Zotify.Logging.Monitoring;

namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>A journal of the application that this program reads as a sidecar.</summary>
/// <param name="Name">The handler that writes it.</param>
/// <param name="Journal">Its id; <c>null</c> where there is no journal yet.</param>
/// <param name="WrittenAt">When it was written last.</param>
/// <param name="LastSeq">The number of its last line; <c>null</c> where it cannot be read.</param>
/// <param name="ProjectedSeq">
/// The number of the last line that is in the database; <c>null</c> where the database does not have the journal, or cannot be read.
/// </param>
/// <param name="Behind">How many lines are not in the database yet; <c>null</c> where that is not known.</param>
/// <param name="Error">Why something is not known; <c>null</c> where everything is.</param>
internal sealed record SourceJournalAnswer(
    string Name, Guid? Journal, DateTimeOffset? WrittenAt, long? LastSeq, long? ProjectedSeq, long? Behind, string? Error)
{
    /// <summary>The answer for a journal.</summary>
    public static SourceJournalAnswer Of(SourceJournalStatus journal) =>
        new(journal.Name, journal.Journal, journal.WrittenAt, journal.LastSeq, journal.ProjectedSeq, journal.Behind, journal.Error);
}
