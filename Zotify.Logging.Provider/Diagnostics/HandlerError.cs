namespace Zotify.Logging;

/// <summary>The last thing that went wrong with a handler. It is kept when the handler has recovered.</summary>
/// <param name="Message">What went wrong, as it was said on stderr.</param>
/// <param name="Since">When it began: errors that follow each other within a minute are one trouble.</param>
/// <param name="At">When it was seen last.</param>
public sealed record HandlerError(string Message, DateTimeOffset Since, DateTimeOffset At);
