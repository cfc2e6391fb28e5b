namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>
/// The application beside which this program runs, as its files and the database show it: neither its queues nor whether it runs.
/// </summary>
/// <param name="Writer">What the process that took its directory last says of itself.</param>
/// <param name="SystemWrittenAt">When its system log was written last.</param>
/// <param name="Journals">Its journals.</param>
internal sealed record SourceAnswer(string? Writer, DateTimeOffset? SystemWrittenAt, IReadOnlyList<SourceJournalAnswer> Journals)
{
    /// <summary>The answer for an application.</summary>
    public static SourceAnswer Of(SourceStatus source) =>
        new(source.Writer, source.SystemWrittenAt, [.. source.Journals.Select(SourceJournalAnswer.Of)]);
}
