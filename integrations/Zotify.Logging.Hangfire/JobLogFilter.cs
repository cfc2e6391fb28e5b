using System.Collections.Concurrent;
using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Records;

namespace Zotify.Logging.Hangfire;

/// <summary>
/// Opens a scope around the job and logs its start and its end. A worker calls filters, job and state change on one thread, and an
/// asynchronous job starts with the scopes of that thread. The scope stays open until Hangfire decides about the state: what
/// Hangfire logs about a retry belongs to the job, and only the state tells whether another filter handled the exception. The end is logged
/// before the state is committed, so that it precedes the start of a retry. Thread-safe.
/// </summary>
/// <param name="loggers">The factory of the loggers that the jobs use.</param>
internal sealed class JobLogFilter(ILoggerFactory loggers) : IJobFilter, IServerFilter, IApplyStateFilter
{
    private const string RetryCount = "RetryCount";
    private const string RecurringJobId = "RecurringJobId";

    [ThreadStatic]
    private static RunningJob? s_current;

    private readonly ILogger _logger = loggers.CreateLogger(typeof(JobLogFilter).Namespace!);

    // The jobs that run now. Any thread may change the state of one.
    private readonly ConcurrentDictionary<(JobStorage? Storage, string Id), RunningJob> _running = new();

    /// <summary>The last one that was added counts.</summary>
    public bool AllowMultiple => false;

    /// <summary>Around all other filters: what they log belongs to the job, too.</summary>
    public int Order => int.MinValue;

    /// <inheritdoc/>
    public void OnPerforming(PerformingContext context)
    {
        // Added twice, in different ways.
        if (s_current is { } open && ReferenceEquals(open.Job, context.BackgroundJob)) return;
        if (s_current is { } before) Abandon(before);
        var job = context.BackgroundJob;
        var scope = new JobScope(JobRunId.Of(context), JobTypeOf(job.Job), 1 + Parameter<int>(context, RetryCount));
        s_current = new RunningJob(this, job, new JobRunLog(_logger, scope), Parameter<string>(context, RecurringJobId));
        _running[(context.Storage, job.Id)] = s_current;
    }

    /// <inheritdoc/>
    public void OnPerformed(PerformedContext context)
    {
        if (s_current is not { } run || run.Filter != this) return;
        run.Exception = context.Exception is JobPerformanceException { InnerException: { } inner } ? inner : context.Exception;
        run.HasPerformed = true;
        _running.TryRemove(new KeyValuePair<(JobStorage?, string), RunningJob>((context.Storage, run.Job.Id), run));
        // No state change follows these.
        if (run.Exception is JobAbortedException)
            run.Log.Interrupted("It was deleted, or its state was changed by somebody else, while it ran.");
        else if (run.Exception is OperationCanceledException && context.CancellationToken.ShutdownToken.IsCancellationRequested)
            run.Log.Interrupted("The server stops; Hangfire runs the job again.");
        else if (run.Change is { } change && run.Exception is { } exception)
            run.Log.Failed(exception, change);
        else if (run.Change is { } changed)
            run.Log.Interrupted(changed);
        else
            return;
        Leave();
    }

    /// <inheritdoc/>
    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        var state = context.NewState;
        if (s_current is not { HasPerformed: true } run || run.Job.Id != context.BackgroundJob.Id || run.Filter != this)
        {
            // The job itself or somebody else changes the state, and the job still runs: its further lines belong to it. That a worker
            // begins with it is no change.
            if (state.Name != ProcessingState.StateName && _running.TryGetValue((context.Storage, context.BackgroundJob.Id), out var other))
                other.NoteChange(Consequence(state));
            return;
        }

        if (state.Name == SucceededState.StateName)
            run.Log.Completed();
        else if (run.Exception is { } exception)
            run.Log.Failed(exception, Consequence(state));
        else if (state is FailedState failed)
            run.Log.Failed(failed.Exception, Consequence(state));
        else
            run.Log.Interrupted(Consequence(state));
        Leave();
    }

    /// <inheritdoc/>
    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    /// <summary>Ends a run whose end Hangfire did not decide, before the thread begins with another job.</summary>
    private static void Abandon(RunningJob run)
    {
        run.Log.Interrupted("Its state was changed by somebody else while it ran, or could not be stored.");
        Leave();
    }

    private static void Leave()
    {
        s_current?.CloseScope();
        s_current = null;
    }

    private static string JobTypeOf(Job? job) => job is null ? "unknown" : $"{job.Type.Name}.{job.Method.Name}";

    private static string Consequence(IState state)
    {
        var next = state is ScheduledState scheduled ? $"{state.Name} for {scheduled.EnqueueAt:O}" : state.Name;
        return string.IsNullOrEmpty(state.Reason) ? $"Its state is {next}." : $"Its state is {next}: {state.Reason}";
    }

    /// <summary>A parameter of the job; the default where it has none. The worker has read them together with the job.</summary>
    private static T? Parameter<T>(PerformContext context, string name)
    {
        try
        {
            return context.GetJobParameter<T>(name, allowStale: true);
        }
        catch (InvalidOperationException)
        {
            // Somebody else's value. The job must not fail for it.
            return default;
        }
    }
}
