namespace Zotify.Logging.Journal;

/// <summary>Thrown where a journal does not hold the line of a checkpoint: it was cut, restored or replaced.</summary>
internal sealed class JournalTruncatedException(string message) : Exception(message);
