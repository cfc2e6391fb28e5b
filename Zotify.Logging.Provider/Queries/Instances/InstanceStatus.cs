namespace Zotify.Logging.Queries;

/// <summary>An instance as it is now.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="State"><c>running</c>, <c>gone</c> or <c>stopped</c>.</param>
/// <param name="StartedAt">When its present or last run started, in UTC.</param>
/// <param name="SeenAt">When it was last seen, in UTC.</param>
/// <param name="StoppedAt">When its last run stopped, in UTC; <see langword="null"/> while it runs, and after a crash.</param>
/// <param name="Version">The version of its program.</param>
/// <param name="RunningJobs">
/// How many jobs run on it, stalled ones included; <see langword="null"/> where no database counts them.
/// </param>
internal sealed record InstanceStatus(
    string Instance, string State, DateTime StartedAt, DateTime SeenAt, DateTime? StoppedAt, string? Version, long? RunningJobs);
