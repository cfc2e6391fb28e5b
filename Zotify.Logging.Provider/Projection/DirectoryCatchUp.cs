using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>
/// Projects the journals of a directory that no process writes into the database, after short runs or runs without the database. Holds the
/// directory's lock meanwhile.
/// </summary>
/// <param name="stage">The directory with its journals, the audit log first; the database, and the clock.</param>
internal sealed class DirectoryCatchUp(JournalStage stage)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    /// <summary>Projects both journals, one after the other.</summary>
    /// <param name="progress">Called once a second and at the end of each journal, with its name, the number of its lines in the database,
    /// and the number of all its lines.</param>
    /// <param name="report">Reports failures to the operator meanwhile.</param>
    /// <param name="cancellationToken">Ends it; projected lines stay projected.</param>
    /// <exception cref="NoDatabaseException">No database is configured.</exception>
    /// <exception cref="LogDirectoryException">There is no such directory, or another process writes it.</exception>
    /// <exception cref="DatabaseUnavailableException">The database failed; the message has the reason.</exception>
    public async Task RunAsync(Action<string, long, long> progress, Action<string, Exception?> report, CancellationToken cancellationToken)
    {
        if (!stage.Database.IsConfigured) throw new NoDatabaseException();
        // A mistyped path must not create anything.
        if (!Directory.Exists(stage.Directory.Path))
            throw new LogDirectoryException($"Logging:Zotify:Directory: '{stage.Directory.Path}' is no directory.");
        await stage.Directory.OpenAsync(message => report(message, null), cancellationToken).ConfigureAwait(false);
        await RunAsync(stage.Journals[0], new AuditProjection(), progress, report, cancellationToken).ConfigureAwait(false);
        await RunAsync(stage.Journals[1], new JobProjection(), progress, report, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(
        string name, IProjection projection, Action<string, long, long> progress, Action<string, Exception?> report,
        CancellationToken cancellationToken)
    {
        var path = stage.Directory.FilePath(name);
        if (!Directory.Exists(Path.GetDirectoryName(path)) || Segment.All(path).Count == 0) return;
        using var journal = JournalWriter.Open(
            new JournalOptions(stage.Directory.Path, name) { Report = report }, stage.Time, stage.OpenFile);
        var rejected = new RejectedJournal(path, stage.Time, report);
        var projector = new Projector(journal, stage.Database, projection, rejected, InstanceOf(path), stage.Time, Report);
        // Failures end the run, and are thrown.
        void Report(string message, Exception? exception)
        {
            if (exception is null) report(message, null);
        }

        await using (projector.ConfigureAwait(false))
        {
            projector.Start();
            var done = projector.CatchUpAsync(journal.LastSeq, cancellationToken);
            while (!done.IsCompleted)
            {
                await Task.WhenAny(done, Task.Delay(ProgressInterval, stage.Time, cancellationToken)).ConfigureAwait(false);
                progress(name, projector.ProjectedSeq, journal.LastSeq);
                if (projector.LastError is { } error && !done.IsCompleted)
                    throw new DatabaseUnavailableException($"The journal {name} cannot be projected: {error.Message}", error);
            }

            await done.ConfigureAwait(false);
        }
    }

    /// <summary>The name of its writer: this process only acts for it.</summary>
    private string InstanceOf(string path) => JournalEnd.InstanceOf(path) is { Length: > 0 } writer ? writer : stage.Instance;
}
