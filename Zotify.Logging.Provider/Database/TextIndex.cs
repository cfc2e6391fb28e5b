namespace Zotify.Logging.Database;

/// <summary>An engine's index of the texts of audit events. Thread-safe.</summary>
internal abstract class TextIndex
{
    /// <summary>Whether the index has parts of any of the terms. Otherwise it cannot be searched for them.</summary>
    public abstract bool CanSearch(IReadOnlyList<string> terms);

    /// <summary>Returns the first matching events, ordered by time, then journal and number.</summary>
    public abstract Task<List<AuditEventRow>> FindAsync(
        LoggingConnection connection, SqlTextSearch search, CancellationToken cancellationToken);
}
