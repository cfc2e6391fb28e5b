using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>How far the database has the lines of a journal's files.</summary>
/// <param name="Through">The checkpoint after the last line that the database has, under any id; the start where it has none.</param>
/// <param name="EndsThere">A journal whose own checkpoint is at that line; <see langword="null"/> where every journal with the line
/// continues with other lines.</param>
internal sealed record JournalMatch(JournalCheckpoint Through, JournalRow? EndsThere)
{
    /// <summary>The database has no line of the files.</summary>
    public static JournalMatch Unknown { get; } = new(JournalCheckpoint.Start, null);
}
