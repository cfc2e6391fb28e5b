namespace Zotify.Logging.Provider.Queries;

/// <summary>Reads the jobs and their entries from the database. Thread-safe.</summary>
public sealed class JobLogs
{
    internal JobLogs(Database.LoggingDatabase database, IFreshness freshness)
    {
    }

    /// <summary>Reads a page of a job's entries; <see langword="null"/> where there is no such job.</summary>
    /// <exception cref="InvalidPositionException">The position was not made by a query of this class.</exception>
    public Task<JobLogPage?> ReadAsync(JobLogQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();
}
