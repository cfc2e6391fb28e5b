using Zotify.Logging.Provider.Database;
using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Handlers;

/// <summary>What every journaled handler writes into and through.</summary>
/// <param name="Directory">The log directory.</param>
/// <param name="Database">Where journals are projected to.</param>
/// <param name="Instance">The name of this writer.</param>
/// <param name="Time">The clock.</param>
internal sealed record JournalStage(LogDirectory Directory, LoggingDatabase Database, string Instance, TimeProvider Time)
{
    /// <summary>Opens a segment for writing; tests put a failing disk here.</summary>
    public Func<string, IJournalFile>? OpenFile { get; init; }
}
