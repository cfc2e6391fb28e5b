namespace Zotify.Logging;

/// <summary>The database cannot be read now; what was logged waits in the journals.</summary>
public sealed class DatabaseUnavailableException(string message, Exception innerException) : Exception(message, innerException);
