using Zotify.Logging.Queries;

namespace Zotify.Logging.AspNetCore.Endpoints.Instances;

/// <summary>A process that writes logs.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="State">
/// <c>running</c>; <c>gone</c>, where it was not seen for 30 seconds and has not said that it stops; or <c>stopped</c>.
/// </param>
/// <param name="StartedAt">When its present or last run started.</param>
/// <param name="SeenAt">When it was last seen: it writes that every 10 seconds.</param>
/// <param name="StoppedAt">When its last run stopped; <c>null</c> while it runs, and after a crash.</param>
/// <param name="Version">The version of its program; <c>null</c> where that has none.</param>
/// <param name="RunningJobs">How many jobs run on it, stalled ones included; <c>null</c> without a database.</param>
internal sealed record InstanceAnswer(
    string Instance, string State, DateTime StartedAt, DateTime SeenAt, DateTime? StoppedAt, string? Version, long? RunningJobs)
{
    /// <summary>The answer for an instance.</summary>
    public static InstanceAnswer Of(InstanceStatus instance) => new(
        instance.Instance, instance.State, instance.StartedAt, instance.SeenAt, instance.StoppedAt, instance.Version, instance.RunningJobs);
}
