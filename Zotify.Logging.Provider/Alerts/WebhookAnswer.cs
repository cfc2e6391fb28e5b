namespace Zotify.Logging.Alerts;

/// <summary>What became of an attempt.</summary>
/// <param name="Error">Why the receiver did not accept the message; <see langword="null"/> where it did.</param>
/// <param name="IsOfMessage">Whether the receiver refused this message, and may accept others.</param>
/// <param name="RetryAfter">How long it wants to be left alone, if it said so.</param>
internal readonly record struct WebhookAnswer(string? Error, bool IsOfMessage = false, TimeSpan? RetryAfter = null);
