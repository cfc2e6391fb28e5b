using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;

namespace Zotify.Logging.Handlers;

/// <summary>
/// Writes the records of jobs into a journal, from which they are projected into the tables <c>job_logs</c> and <c>jobs</c>.
/// </summary>
internal sealed class DatabaseJobLogHandler : JournaledHandler<DatabaseJobLogHandlerOptions>
{
    internal DatabaseJobLogHandler(JournalStage stage)
        : base(stage)
    {
    }

    private protected override JournalOptions OptionsOfJournal(string directory) => new(directory, Options.Path)
    {
        MaxFileSize = () => Options.MaxFileSize,
        FlushInterval = () => Options.FlushInterval,
    };

    private protected override IJournalFormat<LogRecord> Format() => new JobLineFormat(Stage.Instance, () => Options.ScopeKey ?? "job_id");

    private protected override IProjection Rows() => new JobProjection();

    private protected override IPruner Retention(JournaledRecords records) =>
        new JobPruner(records, Stage, () => Options.RetainedAge, Report);
}
