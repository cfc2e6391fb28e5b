namespace Zotify.Logging.Dispatch;

/// <summary>What an instance saw of all instances and jobs at its last beat. Immutable.</summary>
/// <param name="Instances">How many instances there are, by state.</param>
/// <param name="Gone">The instances that are gone, and have not been given up yet.</param>
/// <param name="StalledJobs">How many jobs are stalled.</param>
/// <param name="ExpectedTypes">Each job type that should run every so often, and whether it is overdue.</param>
internal sealed record WatchStatus(
    IReadOnlyDictionary<string, int> Instances,
    IReadOnlyList<string> Gone,
    int StalledJobs,
    IReadOnlyDictionary<string, bool> ExpectedTypes)
{
    /// <summary>The job types that are overdue.</summary>
    public IReadOnlyList<string> OverdueTypes => [.. ExpectedTypes.Where(type => type.Value).Select(type => type.Key)];
}
