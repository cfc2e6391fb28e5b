namespace Zotify.Logging.Configuration;

/// <summary>The logs that this process reads. Immutable.</summary>
/// <param name="Primary">Its own, or those of the application that it is a sidecar of.</param>
/// <param name="Merged">Those whose system logs are merged with it.</param>
internal sealed record LogSources(LogSource Primary, IReadOnlyList<MergedSource> Merged);
