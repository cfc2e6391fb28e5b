namespace Zotify.Logging.AspNetCore.Endpoints.Handlers;

/// <summary>How far the database is behind a handler; a handler that has none is never behind.</summary>
/// <param name="Records">Written records that are not in the database yet.</param>
/// <param name="Error">Why they do not get there at the moment; <c>null</c> while they do.</param>
internal sealed record LagAnswer(long Records, string? Error);
