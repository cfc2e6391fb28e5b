using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>
/// What the subscribers of one shared tail have in common. Times are not part of it: they usually belong to one request, and soon pass.
/// </summary>
/// <param name="JobId">The job, as the tables have it.</param>
/// <param name="MinimumLevel">The lowest level.</param>
/// <param name="Text">The terms.</param>
internal readonly record struct JobTailKey(string JobId, LogLevel MinimumLevel, string? Text);
