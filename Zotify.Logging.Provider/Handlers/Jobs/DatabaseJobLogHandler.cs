using Zotify.Logging.Dispatch;
using Zotify.Logging.Formats;
using Zotify.Logging.Instances;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;

namespace Zotify.Logging.Handlers;

/// <summary>
/// Writes the records of jobs into a journal, from which they are projected into the tables <c>job_logs</c> and <c>jobs</c>.
/// </summary>
internal sealed class DatabaseJobLogHandler : JournaledHandler<DatabaseJobLogHandlerOptions>
{
    private readonly JobWatch _watch;

    internal DatabaseJobLogHandler(JournalStage stage)
        : base(stage)
    {
        _watch = new JobWatch(stage.Database, () => JobRules.Of(Options), LogAbandoned, message => Report(message, exception: null));
        stage.Heartbeat.Beaten = _watch.RunAsync;
    }

    internal override WatchStatus? Watch => _watch.Status;

    private protected override JournalOptions OptionsOfJournal(string directory) => new(directory, Options.Path)
    {
        MaxFileSize = () => Options.MaxFileSize,
        FlushInterval = () => Options.FlushInterval,
    };

    private protected override IJournalFormat<LogRecord> Format() => new JobLineFormat(Stage.Instance, () => Options.ScopeKey ?? "job_id");

    private protected override IProjection Rows() => new JobProjection();

    private protected override IPruner Retention(JournaledRecords records) =>
        new JobPruner(records, Stage, () => Options.RetainedAge, Report);

    /// <summary>Adds an entry to the log of a job that this process ended, so that a reader learns why.</summary>
    private void LogAbandoned(AbandonedJob job)
    {
        try
        {
            Records.Append(AbandonmentNote.Of(job, Options.ScopeKey ?? "job_id", Stage.Time.GetUtcNow()));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The job has ended anyway. The journal's own failure is reported where it is written.
        }
    }
}
