namespace Zotify.Logging;

/// <summary>What can be told of an application from its files and the database. What waits in its memory cannot.</summary>
/// <param name="Writer">What the process that took the directory last says of itself; whether it still runs does not show. <see langword="null"/> where none ever did.</param>
/// <param name="SystemWrittenAt">When the system log was written last, in UTC; <see langword="null"/> where there is none.</param>
/// <param name="Journals">The journals: <c>Audit</c> and <c>Jobs</c>.</param>
public sealed record SourceStatus(string? Writer, DateTimeOffset? SystemWrittenAt, IReadOnlyList<SourceJournalStatus> Journals);
