using Zotify.Logging.Database;
using Zotify.Logging.Records;

namespace Zotify.Logging.Alerts;

/// <summary>
/// What alerts must know of jobs that have not ended: their types, because not every line of a job names it, and that they run, because no
/// line says that a job was interrupted by the end of its process. Functions over the state.
/// </summary>
internal static class AlertJobs
{
    /// <summary>Bounds the memory of jobs that never end.</summary>
    private const int Most = 1_000;

    /// <summary>The job of a line that changes its status, as it is then; <see langword="null"/> where the line changes none.</summary>
    public static JobRow? Apply(AlertState state, JobLogRow row, string? type)
    {
        if (type is not null && state.JobTypes.GetValueOrDefault(row.JobId) != type)
        {
            state.JobTypes[row.JobId] = type;
            if (state.JobTypes.Count > Most) state.JobTypes.RemoveAt(0);
        }

        type ??= state.JobTypes.GetValueOrDefault(row.JobId);
        if (StatusOf(row.EventName) is not { } status) return null;
        state.RunningJobs.Remove(row.JobId);
        if (status != JobStatus.Running) state.JobTypes.Remove(row.JobId);
        else state.RunningJobs.Add(row.JobId);
        if (state.RunningJobs.Count > Most) state.RunningJobs.RemoveAt(0);
        return new JobRow(row.JobId)
        {
            JobType = type, Status = status, Instance = row.Instance, LastAt = row.Timestamp, LastMessage = row.Message,
        };
    }

    /// <summary>Ends the jobs that the earlier runs of a journal's writer left running, as the projection does.</summary>
    /// <param name="state">The state.</param>
    /// <param name="seq">The number of the last line of these runs.</param>
    /// <param name="instance">The name of the writer.</param>
    /// <param name="now">The present time, in UTC.</param>
    public static IReadOnlyList<AlertEvent> Interrupt(AlertState state, long seq, string instance, DateTime now)
    {
        AlertEvent Of(string id) => new(seq, now, null, new JobRow(id)
        {
            JobType = state.JobTypes.GetValueOrDefault(id), Status = JobStatus.Interrupted, Instance = instance, LastAt = now,
            LastMessage = "Interrupted: its process ended before the job did",
        });
        var interrupted = state.RunningJobs.ConvertAll(Of);
        foreach (var id in state.RunningJobs) state.JobTypes.Remove(id);
        state.RunningJobs.Clear();
        return interrupted;
    }

    private static string? StatusOf(string? eventName) => eventName switch
    {
        JobEvents.StartedName => JobStatus.Running,
        JobEvents.CompletedName => JobStatus.Completed,
        JobEvents.FailedName => JobStatus.Failed,
        JobEvents.InterruptedName => JobStatus.Interrupted,
        _ => null,
    };
}
