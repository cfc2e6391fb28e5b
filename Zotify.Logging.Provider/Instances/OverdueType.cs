namespace Zotify.Logging.Instances;

/// <summary>A job type that should have run and did not.</summary>
/// <param name="JobType">The type, or the pattern, as <c>ExpectedEvery</c> names it.</param>
/// <param name="ExpectedEvery">How often a job of the type should run.</param>
/// <param name="LastAt">When one last logged something, in UTC; <see langword="null"/> where the tables have none.</param>
/// <param name="Since">Since when the next one is overdue, in UTC.</param>
internal sealed record OverdueType(string JobType, TimeSpan ExpectedEvery, DateTime? LastAt, DateTime Since);
