using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>What the followers of one shared tail have in common. Times are not among it: they are mostly of one request alone, and soon behind.</summary>
/// <param name="JobId">The job, as it stands in the table.</param>
/// <param name="MinimumLevel">The lowest level.</param>
/// <param name="Text">The words.</param>
internal readonly record struct JobTailKey(string JobId, LogLevel MinimumLevel, string? Text);
