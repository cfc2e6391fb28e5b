using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>
/// The common part of the queries that share a tail. Times are not part of it: they usually belong to one request, and are soon over.
/// </summary>
/// <param name="JobId">The job, as the tables have it.</param>
/// <param name="MinimumLevel">The lowest level.</param>
/// <param name="Text">The terms.</param>
/// <param name="ExcludedLevels">The excluded levels, joined.</param>
internal readonly record struct JobTailKey(string JobId, LogLevel MinimumLevel, string? Text, string ExcludedLevels);
