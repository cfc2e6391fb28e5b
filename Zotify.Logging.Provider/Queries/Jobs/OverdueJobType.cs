namespace Zotify.Logging.Queries;

/// <summary>A job type that should have run and did not.</summary>
/// <param name="JobType">The type, or the pattern, as <c>Handlers:Jobs:ExpectedEvery</c> names it.</param>
/// <param name="ExpectedEvery">How often a job of it should run.</param>
/// <param name="LastAt">When one last logged something, in UTC; <see langword="null"/> where the tables have none.</param>
/// <param name="OverdueSince">Since when the next one is overdue, in UTC.</param>
public sealed record OverdueJobType(string JobType, TimeSpan ExpectedEvery, DateTime? LastAt, DateTime OverdueSince);
