namespace Zotify.Logging.Queries;

/// <summary>How far a job was at a time, and what it logged since the point before.</summary>
/// <param name="Timestamp">The time of the last entry that this point counts, in UTC.</param>
/// <param name="ProgressDone">The newest progress up to then; <see langword="null"/> before the first.</param>
/// <param name="ProgressTotal">What the progress counts up to.</param>
/// <param name="Entries">The number of entries since the point before.</param>
/// <param name="Warnings">How many of them are warnings.</param>
/// <param name="Errors">How many of them are errors or critical.</param>
internal sealed record JobProgressPoint(
    DateTime Timestamp, long? ProgressDone, long? ProgressTotal, long Entries, long Warnings, long Errors);
