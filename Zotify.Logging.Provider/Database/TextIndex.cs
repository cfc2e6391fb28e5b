namespace Zotify.Logging.Database;

/// <summary>An engine's index of the texts of audit events. Thread-safe.</summary>
internal abstract class TextIndex
{
    /// <summary>Whether it knows parts of any of the words: else it cannot be asked for them.</summary>
    public abstract bool Knows(IReadOnlyList<string> words);

    /// <summary>The events that match and come first by time, then journal and number, in that order.</summary>
    public abstract Task<List<AuditEventRow>> FindAsync(
        LoggingConnection connection, SqlTextSearch search, CancellationToken cancellationToken);
}
