using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Configuration;

/// <summary>
/// A function of <c>AddFilter</c>: whether a provider takes a category's calls of a level. What it answers may change from
/// call to call.
/// </summary>
internal delegate bool FilterFunction(string? provider, string? category, LogLevel level);
