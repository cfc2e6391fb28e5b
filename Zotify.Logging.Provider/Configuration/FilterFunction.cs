using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Configuration;

/// <summary>
/// A function of <c>AddFilter</c>: whether a provider gets the calls of a category and level. Its result may change from call to call.
/// </summary>
internal delegate bool FilterFunction(string? provider, string? category, LogLevel level);
