using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Records;

/// <summary>Logs the events of one run of a scheduler's job, inside the run's scope. Not thread-safe.</summary>
/// <param name="logger">The logger, of the factory whose loggers the job uses: another factory has other scopes.</param>
/// <param name="scope">The run's scope.</param>
internal sealed class JobRunLog(ILogger logger, JobScope scope)
{
    /// <summary>The job's name in the messages.</summary>
    private object? JobType => scope[1].Value;

    private object? Attempt => scope[2].Value;

    /// <summary>
    /// Opens the scope, for what the calling method calls and awaits until it disposes the result. Then logs that the run started.
    /// </summary>
    /// <param name="schedule">The name of the schedule that the job belongs to, if it has one.</param>
    public IDisposable? Begin(string? schedule = null)
    {
        var open = logger.BeginScope(scope);
        if (string.IsNullOrEmpty(schedule))
            logger.LogInformation(JobEvents.Started, "{JobType} started, attempt {Attempt}", JobType, Attempt);
        else
            logger.LogInformation(JobEvents.Started, "{JobType} of {Schedule} started, attempt {Attempt}", JobType, schedule, Attempt);
        return open;
    }

    /// <summary>The job did its work.</summary>
    public void Completed() => logger.LogInformation(JobEvents.Completed, "{JobType} completed", JobType);

    /// <summary>The run failed.</summary>
    /// <param name="exception">What the job threw.</param>
    /// <param name="consequence">What the scheduler does about it, where it said so.</param>
    public void Failed(Exception? exception, string? consequence = null)
    {
        if (string.IsNullOrEmpty(consequence))
            logger.LogError(JobEvents.Failed, exception, "{JobType} failed in attempt {Attempt}", JobType, Attempt);
        else
            logger.LogError(
                JobEvents.Failed, exception, "{JobType} failed in attempt {Attempt}. {Consequence}", JobType, Attempt, consequence);
    }

    /// <summary>The run was stopped before its end.</summary>
    /// <param name="reason">Who stopped it, and what follows; a sentence.</param>
    public void Interrupted(string reason) =>
        logger.LogWarning(JobEvents.Interrupted, "{JobType} was interrupted. {Reason}", JobType, reason);
}
