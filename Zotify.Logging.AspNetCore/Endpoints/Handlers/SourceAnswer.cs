using Zotify.Logging.Monitoring;

namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>
/// The application that this program reads as a sidecar. Its files and the database show neither its queues nor whether it runs.
/// </summary>
/// <param name="Writer">The process that locked its directory last, by the name in the owner file.</param>
/// <param name="SystemWrittenAt">When its system log was written last.</param>
/// <param name="Journals">Its journals.</param>
internal sealed record SourceAnswer(string? Writer, DateTimeOffset? SystemWrittenAt, IReadOnlyList<SourceJournalAnswer> Journals)
{
    /// <summary>The answer for an application.</summary>
    public static SourceAnswer Of(SourceStatus source) =>
        new(source.Writer, source.SystemWrittenAt, [.. source.Journals.Select(SourceJournalAnswer.Of)]);
}
