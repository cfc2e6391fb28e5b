using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>Where a journal's files stand in the database.</summary>
/// <param name="Through">The place after the last line that the database has, under whatever id; before the first line where it has
/// none.</param>
/// <param name="EndsThere">A journal whose checkpoint is that place; <see langword="null"/> where each one that has the line goes on with
/// others.</param>
internal sealed record JournalStanding(JournalCheckpoint Through, JournalRow? EndsThere)
{
    /// <summary>The database has no line of the files.</summary>
    public static JournalStanding Unknown { get; } = new(JournalCheckpoint.Start, null);
}
