namespace Zotify.Logging.Database;

/// <summary>Somebody else changed a row between its reading and its writing. What was to be written is not, and may be tried again.</summary>
internal sealed class RowChangedException(string message) : Exception(message);
