using Zotify.Logging.Configuration;
using Zotify.Logging.Database;
using Zotify.Logging.Journal;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Monitoring;

/// <summary>
/// Reads the state of another application, whose logs this process reads as a sidecar (<c>Zotify:Sources</c>). Thread-safe.
/// </summary>
internal sealed class SourceMonitor
{
    private readonly LogSource _source;
    private readonly LoggingDatabase _database;

    /// <param name="source">The application's logs.</param>
    /// <param name="database">The database that both share.</param>
    internal SourceMonitor(LogSource source, LoggingDatabase database)
    {
        _source = source;
        _database = database;
    }

    /// <summary>
    /// Reads the state from the files and the database. <see langword="null"/> where this process reads only its own logs.
    /// </summary>
    public async Task<SourceStatus?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_source.IsSidecar) return null;
        return new SourceStatus(
            LogDirectory.ReadOwner(_source.Directory),
            WrittenAt(_source.PathOf(_source.System)),
            [
                await ReadAsync("Audit", _source.Audit, cancellationToken).ConfigureAwait(false),
                await ReadAsync("Jobs", _source.Jobs, cancellationToken).ConfigureAwait(false),
            ]);
    }

    private async Task<SourceJournalStatus> ReadAsync(string name, string file, CancellationToken cancellationToken)
    {
        var journal = new SidecarJournal(_source.Directory, file, _database);
        var status = new SourceJournalStatus(name, null, null, null, null, null, null);
        try
        {
            var lastSeq = JournalEnd.Find(journal.Path)?.Seq ?? 0;
            status = status with { Journal = journal.Id, WrittenAt = WrittenAt(journal.Path), LastSeq = lastSeq };
            if (!_database.IsConfigured) return status;
            var projected = await journal.ProjectedSeqAsync(cancellationToken).ConfigureAwait(false);
            return status with { ProjectedSeq = projected, Behind = Math.Max(0, lastSeq - (projected ?? 0)) };
        }
        // The exceptions' messages are left out, because they name paths and servers.
        catch (DatabaseUnavailableException)
        {
            return status with { Error = "The database cannot be read now." };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return status with { Error = "Its files cannot be read." };
        }
    }

    private static DateTimeOffset? WrittenAt(string path) =>
        new FileInfo(path) is { Exists: true } file ? new DateTimeOffset(file.LastWriteTimeUtc) : null;
}
