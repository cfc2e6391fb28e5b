namespace Zotify.Logging.Queries;

/// <summary>A part of a job's time. Immutable.</summary>
public sealed record JobProgressPoint
{
    /// <summary>The time of its newest entry with progress, warning or error, in UTC.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>The newest progress in it; <see langword="null"/> where it has none.</summary>
    public long? ProgressDone { get; init; }

    /// <summary>What that progress counts up to; <see langword="null"/> where that is not known.</summary>
    public long? ProgressTotal { get; init; }

    /// <summary>How many warnings it has.</summary>
    public required long Warnings { get; init; }

    /// <summary>How many errors or critical entries it has.</summary>
    public required long Errors { get; init; }
}
