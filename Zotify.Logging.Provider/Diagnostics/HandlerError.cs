namespace Zotify.Logging;

/// <summary>The last error of a handler. Kept after the handler has recovered.</summary>
/// <param name="Message">What went wrong, as it was reported on stderr.</param>
/// <param name="Since">When it began. Errors that follow each other within a minute count as one.</param>
/// <param name="At">When it last occurred.</param>
public sealed record HandlerError(string Message, DateTimeOffset Since, DateTimeOffset At);
