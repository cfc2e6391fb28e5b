namespace Zotify.Logging;

/// <summary>Thrown where the log directory cannot be used. The message says why, and what to do.</summary>
public sealed class LogDirectoryException(string message, Exception? innerException = null) : IOException(message, innerException);
