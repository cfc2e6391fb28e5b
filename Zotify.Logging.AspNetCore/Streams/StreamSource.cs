namespace Zotify.Logging.AspNetCore.Streams;

/// <summary>A source of the stream is away or back.</summary>
/// <param name="Name">The source.</param>
/// <param name="State"><c>away</c> or <c>back</c>. It goes on where it was.</param>
/// <param name="Reason">Why it is away.</param>
/// <param name="Since">Since when.</param>
internal sealed record StreamSource(string Name, string State, string? Reason, DateTimeOffset Since);
