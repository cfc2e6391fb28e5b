using Zotify.Logging.Provider.Journal;

namespace Zotify.Logging.Provider.Database.Projection;

/// <summary>A line that was compared with the row that has its number.</summary>
/// <param name="Line">The line.</param>
/// <param name="IsSame">Whether the row is this line's.</param>
internal readonly record struct ComparedLine(JournalLine Line, bool IsSame);
