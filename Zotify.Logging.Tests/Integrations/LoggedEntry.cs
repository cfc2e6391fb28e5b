namespace Zotify.Logging.Tests.Integrations;

/// <summary>An entry of a job.</summary>
internal sealed record LoggedEntry(string JobId, string Category, string? Event, string Message);
