using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>A line that was compared with the row of its number.</summary>
/// <param name="Line">The line.</param>
/// <param name="IsSame">Whether the row was made from this line.</param>
internal readonly record struct ComparedLine(JournalLine Line, bool IsSame);
