namespace Zotify.Logging.Monitoring;

/// <summary>The state of an application as its files and the database show it. Records in its memory do not show.</summary>
/// <param name="Writer">
/// How the process that last locked the directory describes itself; <see langword="null"/> where none ever did. Does not show whether that
/// process still runs.
/// </param>
/// <param name="SystemWrittenAt">When the system log was last written, in UTC; <see langword="null"/> where there is none.</param>
/// <param name="Journals">The journals: <c>Audit</c> and <c>Jobs</c>.</param>
internal sealed record SourceStatus(string? Writer, DateTimeOffset? SystemWrittenAt, IReadOnlyList<SourceJournalStatus> Journals);
