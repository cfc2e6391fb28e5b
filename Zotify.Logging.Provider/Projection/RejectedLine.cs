using Zotify.Logging.Journal;

namespace Zotify.Logging.Projection;

/// <summary>A line that is not in the database, because it cannot be read, or the database refuses it.</summary>
/// <param name="Line">The line.</param>
/// <param name="Reason">What is wrong with it.</param>
internal readonly record struct RejectedLine(JournalLine Line, Exception Reason);
