namespace Zotify.Logging.Instances;

/// <summary>A job that this process ended because the job's instance is gone.</summary>
/// <param name="JobId">The job, as the table has it.</param>
/// <param name="JobType">Its type, if it has one.</param>
/// <param name="Instance">The instance that ran it.</param>
/// <param name="SeenAt">When that instance was last seen, in UTC.</param>
internal sealed record AbandonedJob(string JobId, string? JobType, string Instance, DateTime SeenAt);
