namespace Zotify.Logging.AspNetCore.Flush;

/// <summary>
/// Ends a request whose answer may not be sent, because what it logged is not on the disk. The client has been told.
/// </summary>
internal sealed class AnswerWithheldException(Exception cause)
    : IOException("The answer was withheld: what the request logged is not on the disk.", cause);
