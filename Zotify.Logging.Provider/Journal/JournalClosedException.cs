namespace Zotify.Logging.Journal;

/// <summary>The journal takes no more lines. The line was not written, and will not appear.</summary>
internal sealed class JournalClosedException(string message) : IOException(message);
