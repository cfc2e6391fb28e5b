namespace Zotify.Logging.Provider.Database.Sql;

/// <summary>An engine's index of the texts of audit events. Thread-safe.</summary>
internal abstract class TextIndex
{
    /// <summary>Whether it knows parts of any of the words: else it cannot be asked for them.</summary>
    public abstract bool Knows(IReadOnlyList<string> words);

    /// <summary>Finds the events that match and come first in the order of time.</summary>
    /// <returns>The numbers of their rows, in no order, and those of others that match and are of the same times, or near them.</returns>
    public abstract Task<List<long>> FindAsync(LoggingDbContext context, SqlTextSearch search, CancellationToken cancellationToken);
}
