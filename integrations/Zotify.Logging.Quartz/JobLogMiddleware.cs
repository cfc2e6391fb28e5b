using System.Globalization;
using Microsoft.Extensions.Logging;
using Quartz;
using Zotify.Logging.Records;

namespace Zotify.Logging.Quartz;

/// <summary>
/// Opens a scope around each execution of a job, and logs its start and its end. A job listener cannot do that: the scheduler awaits
/// listeners, and a scope that an awaited method opens ends with that method. Thread-safe.
/// </summary>
/// <param name="loggers">The factory of the loggers that the jobs use.</param>
internal sealed class JobLogMiddleware(ILoggerFactory loggers) : IJobExecutionMiddleware
{
    private readonly ILogger _logger = loggers.CreateLogger(typeof(JobLogMiddleware).Namespace!);
    private readonly FailedRuns _failed = new();

    /// <inheritdoc/>
    public async ValueTask Invoke(
        IJobExecutionContext context, JobExecutionDelegate next, CancellationToken cancellationToken = default)
    {
        var trigger = context.Trigger.Key;
        var failedId = _failed.Take(trigger);
        // A retry is a firing of its own, of the same job.
        var jobId = context.RetryAttempt > 0 && failedId is not null ? failedId : JobIdOf(context);
        var scope = new JobScope(jobId, JobTypeOf(context.JobDetail), 1 + context.RetryAttempt + context.RefireCount);
        var log = new JobRunLog(_logger, scope);
        using var open = log.Begin(trigger.ToString());
        try
        {
            await next(context, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            log.Interrupted("It was cancelled, by a user or by the scheduler's shutdown.");
            throw;
        }
        catch (Exception exception)
        {
            _failed.Add(trigger, jobId);
            log.Failed(exception, exception is JobExecutionException { RefireImmediately: true } ? "It runs again at once." : null);
            throw;
        }

        log.Completed();
    }

    /// <summary>
    /// The job's key, when it fired, and Quartz's id of the firing. That id alone may repeat: each process counts from a reading of its own
    /// clock, in the store in memory and, for all that are not a cluster, in those in databases.
    /// </summary>
    private static string JobIdOf(IJobExecutionContext context) => string.Create(
        CultureInfo.InvariantCulture,
        $"{context.JobDetail.Key}:{context.FireTimeUtc.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{context.FireInstanceId}");

    /// <summary>The class. A class of Quartz itself, which runs a delegate, does not name the work: then the name of the key.</summary>
    private static string JobTypeOf(IJobDetail job) =>
        job.JobType.Type is var type && type.Assembly == typeof(IJob).Assembly ? job.Key.Name : type.Name;
}
