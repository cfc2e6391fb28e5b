using Zotify.Logging.Database;
using Zotify.Logging.Dispatch;
using Zotify.Logging.Instances;
using Zotify.Logging.Journal;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.Projection;

/// <summary>The resources that all journaled handlers of a directory share.</summary>
/// <param name="Directory">The log directory.</param>
/// <param name="Database">The database that journals are projected to.</param>
/// <param name="Instance">The name of this writer.</param>
/// <param name="Time">The clock.</param>
internal sealed record JournalStage(LogDirectory Directory, LoggingDatabase Database, string Instance, TimeProvider Time) : ISharedStage
{
    /// <summary>The clock of retention by age. It is shared, so that what one journal shows about the time counts for all.</summary>
    public RetentionClock Clock { get; } = new(Time);

    /// <summary>
    /// The names of all journals of the directory, the audit log first. The newest record of any of them shows a time that has passed.
    /// </summary>
    public IReadOnlyList<string> Journals { get; init; } = [];

    /// <summary>Shows others that this writer is alive.</summary>
    public InstanceHeartbeat Heartbeat { get; } = new(Database, Instance, ProgramVersion.Current, Time);

    /// <summary>Further targets of the journals, which get them from here and not from the database.</summary>
    public IReadOnlyList<IJournalTargetFactory> Targets { get; init; } = [];

    /// <summary>Returns the name of the property or scope value that has a job's id.</summary>
    public Func<string> JobKey { get; init; } = () => "job_id";

    /// <summary>Archives that get the journals' rolled segments before retention deletes them.</summary>
    public IReadOnlyList<ISegmentArchiveFactory> Archives { get; init; } = [];

    /// <summary>Opens a segment for writing. Tests replace it by a failing disk.</summary>
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
