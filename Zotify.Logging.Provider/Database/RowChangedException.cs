namespace Zotify.Logging.Database;

/// <summary>
/// Somebody else changed a row after it was read. Nothing was written; the caller may try again.
/// </summary>
internal sealed class RowChangedException(string message) : Exception(message);
