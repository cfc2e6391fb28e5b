using System.Diagnostics;
using Zotify.Logging.Database;
using Zotify.Logging.Formats;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Benchmarks.Databases;

/// <summary>Fills a database as the product does, by the projection of a journal.</summary>
internal static class Projected
{
    /// <summary>The application name of the synthetic journals.</summary>
    public const string Instance = "benchmark/zotify";

    /// <summary>A database in a SQLite file.</summary>
    public static LoggingDatabase Open(string file) =>
        new(new DatabaseOptions { ConnectionString = $"Data Source={file}" }, Path.GetDirectoryName(file)!, [new SqliteEngineFactory()]);

    /// <summary>A journal of audit events.</summary>
    public static SyntheticJournal AuditJournal(long count) =>
        new("audit.log.json", count, SyntheticRecords.Audit, new AuditLineFormat(Instance));

    /// <summary>A journal of entries of jobs.</summary>
    public static SyntheticJournal JobJournal(long count) =>
        new("job_logs.json", count, SyntheticRecords.Job, new JobLineFormat(Instance, () => "job_id"));

    /// <summary>The projection of audit events.</summary>
    public static IProjection AuditRows() => new AuditProjection();

    /// <summary>What entries of jobs become.</summary>
    public static IProjection JobRows() => new JobProjection();

    /// <summary>Projects a journal; returns when all of it is in the database.</summary>
    public static Task FillAsync(LoggingDatabase database, string folder, SyntheticJournal journal, IProjection projection) =>
        ProjectAsync(database, folder, journal, projection, projector => FillAsync(projector, journal, journal.Open));

    /// <inheritdoc cref="FillAsync(LoggingDatabase, string, SyntheticJournal, IProjection)"/>
    public static Task FillAsync(LoggingDatabase database, string folder, JournalWriter journal, IProjection projection) =>
        ProjectAsync(database, folder, journal, projection, projector => FillAsync(projector, journal, () => { }));

    /// <summary>Projects a journal; returns how long all lines but the first ones took.</summary>
    /// <param name="database">The database.</param>
    /// <param name="folder">The folder of rejected lines.</param>
    /// <param name="journal">The journal.</param>
    /// <param name="projection">Converts the lines to rows.</param>
    /// <param name="first">How many lines are not timed: they open the session, and are the first of every statement.</param>
    public static async Task<TimeSpan> TimeAsync(
        LoggingDatabase database, string folder, SyntheticJournal journal, IProjection projection, long first)
    {
        var clock = new Stopwatch();
        journal.Open(0);
        await ProjectAsync(
            database, folder, journal, projection, async projector =>
            {
                await FillAsync(projector, journal, () => journal.Open(first));
                clock.Start();
                journal.Open();
                await projector.CatchUpAsync(journal.DurableSeq, CancellationToken.None);
                clock.Stop();
            });
        return clock.Elapsed;
    }

    private static Task FillAsync(Projector projector, IJournal journal, Action open)
    {
        open();
        projector.Start();
        return projector.CatchUpAsync(journal.DurableSeq, CancellationToken.None);
    }

    private static async Task ProjectAsync(
        LoggingDatabase database, string folder, IJournal journal, IProjection projection, Func<Projector, Task> run)
    {
        Exception? failure = null;
        var rejected = new RejectedJournal(
            Path.Combine(folder, journal.FileName),
            TimeProvider.System,
            (message, exception) => failure = exception ?? new InvalidDataException(message));
        await using var projector = new Projector(
            journal, database, projection, rejected, Instance, TimeProvider.System, (_, exception) => failure = exception);
        await run(projector);
        if (failure is not null) throw new InvalidOperationException("Not everything was projected.", failure);
    }
}
