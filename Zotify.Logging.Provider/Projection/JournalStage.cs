using Zotify.Logging.Database;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>What every journaled handler writes into and through.</summary>
/// <param name="Directory">The log directory.</param>
/// <param name="Database">Where journals are projected to.</param>
/// <param name="Instance">The name of this writer.</param>
/// <param name="Time">The clock.</param>
internal sealed record JournalStage(LogDirectory Directory, LoggingDatabase Database, string Instance, TimeProvider Time) : ISharedStage
{
    /// <summary>The clock of what is kept by age: what one journal knows of the time holds for the other.</summary>
    public RetentionClock Clock { get; } = new(Time);

    /// <summary>The names of all journals of the directory: the newest record of any shows how late it is at least.</summary>
    public IReadOnlyList<string> Journals { get; init; } = [];

    /// <summary>Opens a segment for writing; tests put a failing disk here.</summary>
    public Func<string, IJournalFile>? OpenFile { get; init; }

    /// <summary>Closes the database, then frees the lock.</summary>
    public void Dispose()
    {
        try
        {
            Database.Dispose();
        }
        finally
        {
            Directory.Dispose();
        }
    }
}
