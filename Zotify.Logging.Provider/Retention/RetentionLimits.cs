namespace Zotify.Logging.Retention;

/// <summary>How much of a journal is kept.</summary>
/// <param name="Age">How long lines are kept; <see langword="null"/> means for ever.</param>
/// <param name="Size">How many bytes of segments are kept; <see langword="null"/> means all.</param>
internal readonly record struct RetentionLimits(TimeSpan? Age, long? Size);
