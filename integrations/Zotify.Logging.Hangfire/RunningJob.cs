using Hangfire;
using Zotify.Logging.Records;

namespace Zotify.Logging.Hangfire;

/// <summary>
/// The run of a job on the worker's thread that performs it, from before the job until Hangfire has decided about its state. Used by that
/// thread, but for <see cref="NoteChange"/>.
/// </summary>
/// <param name="filter">The filter that began it.</param>
/// <param name="job">The job.</param>
/// <param name="log">The log of the run.</param>
/// <param name="schedule">The recurring job, if it belongs to one.</param>
internal sealed class RunningJob(JobLogFilter filter, BackgroundJob job, JobRunLog log, string? schedule)
{
    private readonly IDisposable? _scope = log.Begin(schedule);
    private string? _change;

    /// <summary>The filter that began it.</summary>
    public JobLogFilter Filter => filter;

    /// <summary>The job.</summary>
    public BackgroundJob Job => job;

    /// <summary>The log of the run.</summary>
    public JobRunLog Log => log;

    /// <summary>What the job threw.</summary>
    public Exception? Exception { get; set; }

    /// <summary>Whether the job has returned or thrown.</summary>
    public bool HasPerformed { get; set; }

    /// <summary>What somebody made of the job's state while it ran; <see langword="null"/> where nobody did.</summary>
    public string? Change => Volatile.Read(ref _change);

    /// <summary>Notes that somebody changed the job's state while it ran. The first change counts. Thread-safe.</summary>
    /// <param name="consequence">The new state; a sentence.</param>
    public void NoteChange(string consequence) => Interlocked.CompareExchange(ref _change, consequence, null);

    /// <summary>Closes the scope. On the thread that began it.</summary>
    public void CloseScope() => _scope?.Dispose();
}
